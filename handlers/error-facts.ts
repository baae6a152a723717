/** What may be said of an error in a log, and of one that leaves a function: never whose it was. */

interface ErrorFacts {
  errorName: string;
  errorMessage: string;
  /** Who was asked, and for what: `SFN StartExecution`, `Stripe`. */
  dependency?: string;
  /** The provider's own, where it gave them. */
  code?: string;
  param?: string;
  stripeRequestId?: string;
}

/** The rules' own messages hold ids and amounts only; those of others may repeat what they were given. */
export function describeError(error: unknown): ErrorFacts {
  if (!(error instanceof Error))
    return { errorName: "Unknown", errorMessage: "something that is not an Error was thrown" };
  const { type, code, param, requestId, dependency } = error as Error & Record<string, unknown>;
  const isStripes = typeof type === "string" && type.startsWith("Stripe");
  return {
    errorName: isStripes ? type : error.name,
    errorMessage: isStripes ? stripesMessage(error, type) : scrub(messageOf(error)),
    ...(isStripes && { dependency: "Stripe" }),
    ...(typeof dependency === "string" && { dependency }),
    ...(typeof code === "string" && { code }),
    ...(typeof param === "string" && { param }),
    ...(isStripes && typeof requestId === "string" && { stripeRequestId: requestId }),
  };
}

/** An error of the same name without what must not be told: functions that throw have it logged, and kept in histories. */
export function withoutPersonalData(error: unknown): Error {
  const { errorName, errorMessage } = describeError(error);
  if (error instanceof Error && error.name === errorName && error.message === errorMessage) return error;
  return Object.assign(new Error(errorMessage), { name: errorName });
}

/** Those about a connection are the SDK's own words; all others are Stripe's and may name an address, a person or a key. */
function stripesMessage(error: Error, type: string): string {
  if (type === "StripeConnectionError") return scrub(error.message);
  const { code, param, statusCode } = error as Error & Record<string, unknown>;
  return ["Stripe refuses it", code, param, typeof statusCode === "number" && `status ${statusCode}`]
    .filter(Boolean)
    .join(": ");
}

/** JSON.parse quotes what it stumbled over. */
const messageOf = (error: Error) =>
  error instanceof SyntaxError ? "what was read is not in its format" : error.message;

const NEVER_TOLD: [sign: RegExp, instead: string][] = [
  [/[^\s"'<>()@,;:=]+@[^\s"'<>()@,;:]+/g, "[address]"],
  [/\bcs_\w+_secret_\w+/g, "[client secret]"],
  [/\b(sk|rk|pk|whsec)_[\w*]+/g, "[key]"],
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, "[token]"],
];

/** The last defence, for messages of libraries that nobody foresaw. */
export function scrub(message: string): string {
  return NEVER_TOLD.reduce((text, [sign, instead]) => text.replaceAll(sign, instead), message);
}
