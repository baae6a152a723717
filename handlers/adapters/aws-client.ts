/** Every client of AWS is made here, so that none can wait for longer than its caller has. */
import type { Patience } from "./patience.ts";

/** Where AWS is and who asks there, for programs that are told otherwise than by their environment. */
export interface AwsPlace {
  region?: string;
  /** E.g. `http://localhost:4566` */
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** What all of the SDK's clients take. Endpoint, region and credentials are the environment's. */
interface AwsClientConfig {
  maxAttempts: number;
  retryMode: "standard" | "adaptive";
  requestHandler: {
    connectionTimeout: number;
    requestTimeout: number;
    socketTimeout: number;
    throwOnRequestTimeout: boolean;
  };
}

/** @param more what only one service's client takes */
export function createAwsClient<Client, More extends object>(
  ClientClass: new (config: AwsClientConfig & More) => Client,
  { attempts, attemptMs, retryMode = "standard" }: Patience,
  more: More = {} as More,
): Client {
  return new ClientClass({
    maxAttempts: attempts,
    retryMode,
    requestHandler: {
      connectionTimeout: Math.min(1_000, attemptMs),
      requestTimeout: attemptMs,
      // Of an answer that has begun and does not go on.
      socketTimeout: attemptMs,
      // Without it the SDK only logs that the time is over, and goes on waiting.
      throwOnRequestTimeout: true,
    },
    ...more,
  });
}
