/** What went wrong, as one sentence that says what to do: the one place that speaks for AWS, Stripe, network and disk. */
import { explainAws } from "./explain-aws.ts";
import { explainMissingPackage } from "./explain-missing-package.js";
import { explainNetwork } from "./explain-network.ts";
import { explainStripe } from "./explain-stripe.ts";
import { systemCause } from "./system-causes.ts";

export function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return "Something that is not an error was thrown.";
  const explained =
    explainMissingPackage(error) ??
    explainStripe(error) ??
    explainNetwork(error) ??
    explainAws(error) ??
    explainSystem(error);
  return explained ?? (error.message || `${error.name} was thrown, without a word of explanation.`);
}

/** Of errors that the operating system has given; what was made of one in the meantime is a sentence already. */
function explainSystem(error: Error): string | undefined {
  const cause = "errno" in error ? systemCause(error) : undefined;
  if (!cause) return undefined;
  const what = "path" in error ? String(error.path) : "This machine";
  return `${what} cannot be used: ${cause}.`;
}
