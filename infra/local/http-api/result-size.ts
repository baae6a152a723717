/** Lambda's limit for what a function returns to whoever waits for it. */

/**
 * Of the whole result as JSON, so that quotes within a body count twice. The number is that of Lambda's own message;
 * https://zaccharles.medium.com/deep-dive-lambdas-response-payload-size-limit-8aedba9530ed measured that it is allowed.
 */
const MOST_BYTES = 6_291_556;

/** The function itself has ended well; it is Lambda that fails it. */
class ResultTooLarge extends Error {
  override name = "Function.ResponseSizeTooLarge";
}

/** @throws ResultTooLarge */
export function checkResultSize<Result>(result: Result): Result {
  if (Buffer.byteLength(JSON.stringify(result) ?? "") <= MOST_BYTES) return result;
  throw new ResultTooLarge(
    `Response payload size exceeded maximum allowed payload size (${MOST_BYTES} bytes).`,
  );
}
