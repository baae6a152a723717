/** What went wrong, as one sentence that says what to do. */
import { systemCause } from "./system-causes.ts";

/** What the AWS SDK says of a machine that is not set up names neither the cause nor the cure. */
const AWS_SETUP: [sign: RegExp, sentence: string][] = [
  [
    /^CredentialsProviderError|Could not load credentials/,
    "There are no AWS credentials. Sign in with `aws sso login` and set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  ],
  [/Region is missing/, "The AWS region is not known. Set AWS_REGION, e.g. AWS_REGION=us-east-1."],
  [/^(ExpiredToken|UnrecognizedClient|InvalidSignature)/, "AWS refuses the credentials. Sign in again."],
];

export function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return "Something that is not an error was thrown.";
  const [, address] = /\bECONNREFUSED (\S+)/.exec(error.message) ?? [];
  if (address) return `Nothing answers at ${address}.`;
  const said = [error.name, error.message];
  const known = AWS_SETUP.find(([sign]) => said.some((words) => sign.test(words)))?.[1];
  return known ?? sentenceForSystem(error) ?? error.message;
}

/** Of errors that the operating system has given; what was made of one in the meantime is a sentence already. */
function sentenceForSystem(error: Error): string | undefined {
  const cause = "errno" in error ? systemCause(error) : undefined;
  if (!cause) return undefined;
  const what = "path" in error ? String(error.path) : "This machine";
  return `${what} cannot be used: ${cause}.`;
}
