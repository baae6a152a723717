/** Runs the checks before a deployment; what may not be asked, or is not answered in time, stops nothing. */
import type { Check } from "./check.ts";

export interface Preflight {
  /** Each would make the deployment fail. */
  stops: string[];
  /** What to know beforehand. */
  notes: string[];
}

/** Without these nothing else can be asked of AWS either. */
const HOPELESS =
  /^(CredentialsProviderError|ExpiredToken|UnrecognizedClient|InvalidSignature)|Region is missing/;

/** @throws Error when there are no usable credentials, or no region */
export async function runChecks(checks: readonly Check[]): Promise<Preflight> {
  const preflight: Preflight = { stops: [], notes: [] };
  await Promise.all(
    checks.map(async ({ question, find }) => {
      try {
        const finding = await find();
        if (finding) (finding.stops ? preflight.stops : preflight.notes).push(finding.sentence);
      } catch (error) {
        const { name, message } = error as Error;
        if (HOPELESS.test(name) || HOPELESS.test(message)) throw error;
        preflight.notes.push(`Not checked: ${question} (${name}).`);
      }
    }),
  );
  return preflight;
}
