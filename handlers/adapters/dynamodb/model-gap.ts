/** The shipped code asked a model for what it does not know. That is no finding but an end of the run. */
export class ModelGap extends Error {
  override name = "ModelGap";
}
