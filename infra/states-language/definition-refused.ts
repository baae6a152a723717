/** A definition that cannot be run here; its message is one sentence that says why. */
export class DefinitionRefused extends Error {
  override name = "DefinitionRefused";
}
