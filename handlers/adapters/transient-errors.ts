/** Which failures of AWS's SDK pass by themselves. */

const CONNECTION_FAULTS = /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|EHOST|ENET)/;

const TRANSIENT_NAMES = new Set([
  "TimeoutError",
  "AbortError",
  "NetworkingError",
  "ThrottlingException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "InternalServerError",
  "ServiceUnavailable",
  "TransactionConflictException",
]);

/** True for throttles, time-outs, 5xx answers and connections that were refused or lost. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, $retryable, $metadata } = error as Error & {
    code?: string;
    $retryable?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode ?? 0;
  return (
    TRANSIENT_NAMES.has(error.name) ||
    CONNECTION_FAULTS.test(code ?? "") ||
    Boolean($retryable) ||
    status === 429 ||
    status >= 500
  );
}
