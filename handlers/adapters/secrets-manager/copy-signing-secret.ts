/** Keeps the webhook's own secret beside the one that people write: the same signing secrets, without the keys. */
import type { SecretStore } from "./secret-store.ts";
import { signingPartOf } from "./signing-secret.ts";

export type CopyOutcome = "copied" | "unchanged" | "nothing to copy";

/** While it is being written: each write is followed by one more look. */
const MOST_LOOKS = 5;

/**
 * May run at any time and several times at once: whoever writes looks again afterwards, so that the newest stands in the end.
 * @param from the secret that people write
 * @param to the webhook's, which must exist
 * @throws ConfigurationError when no event can be verified with what people wrote; what the webhook has stays as it is
 */
export async function copySigningSecret(
  secrets: SecretStore,
  { from, to }: { from: string; to: string },
): Promise<CopyOutcome> {
  let outcome: CopyOutcome = "unchanged";
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const written = await secrets.readSecret(from);
    if (written === undefined) return "nothing to copy";
    const wanted = signingPartOf(written, from);
    if ((await secrets.readSecret(to)) === wanted) return outcome;
    await secrets.replaceSecret(to, wanted);
    outcome = "copied";
  }
  return outcome;
}
