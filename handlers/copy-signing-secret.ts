/** Runs at deployments, after the keys were written and every few minutes: the webhook verifies with what it copies. */
import { type CopySigningSecretPorts, composeCopySigningSecret } from "./composition.ts";
import { copySigningSecretSettings, readSettings } from "./config.ts";
import { describeError } from "./error-facts.ts";
import { createLogger } from "./telemetry.ts";

const logger = createLogger("copy-signing-secret");

type CopyOutcome = Awaited<ReturnType<CopySigningSecretPorts["copy"]>>;

/** What only people can put right. */
const FOR_PEOPLE = ["ConfigurationError", "SecretMarkedForDeletion"];

/** At a deployment the function's role is seconds old, and not known everywhere yet. */
const MORE_TRIES = { most: 5, pauseMs: 5_000 };

/** What people have still to write, or wrote wrongly, fails no deployment: the webhook keeps what it has. */
export function createCopySigningSecret({ copy, pause }: CopySigningSecretPorts) {
  async function copyPatiently(triesLeft = MORE_TRIES.most): Promise<CopyOutcome> {
    try {
      return await copy();
    } catch (error) {
      const isNewRole = error instanceof Error && error.name === "AccessDeniedException" && triesLeft > 0;
      if (!isNewRole) throw error;
      await pause(MORE_TRIES.pauseMs);
      return copyPatiently(triesLeft - 1);
    }
  }

  return async (): Promise<CopyOutcome | "not usable"> => {
    try {
      const outcome = await copyPatiently();
      if (outcome === "nothing to copy") logger.warn("nothing to copy: run npm run stripe:setup");
      else logger.info(outcome);
      return outcome;
    } catch (error) {
      if (!(error instanceof Error) || !FOR_PEOPLE.includes(error.name)) {
        logger.error("could not copy", describeError(error));
        throw error;
      }
      logger.error("not usable, so the webhook keeps what it has", describeError(error));
      return "not usable";
    }
  };
}

export const handler = createCopySigningSecret(
  composeCopySigningSecret(readSettings(copySigningSecretSettings, process.env)),
);
