/** Every client of AWS is made here, so that none can wait for longer than its caller has. */
import { inTime } from "./in-time.ts";
import { longestOf, type Patience } from "./patience.ts";

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
  patience: Patience,
  more: More = {} as More,
): Client {
  const { attempts, attemptMs, retryMode = "standard" } = patience;
  const client = new ClientClass({
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
  const { middlewareStack } = client as WithMiddleware;
  middlewareStack.add(endInTime(longestOf(patience)), { step: "initialize" });
  // Makes a copy of every answer that might be logged, and nobody has given it a log.
  middlewareStack.remove("loggerMiddleware");
  return client;
}

/** The limits above are of one try, and an answer that trickles in or a pause that the service asks for keeps to none. */
const endInTime =
  (milliseconds: number): Middleware =>
  (next, { clientName = "", commandName = "" }) => {
    const dependency = `${clientName.replace(/Client$/, "")} ${commandName.replace(/Command$/, "")}`;
    return async (given) => {
      try {
        return await inTime(next(given), milliseconds, dependency);
      } catch (error) {
        // So that whoever logs it can say who it was that did not answer.
        throw error instanceof Error ? Object.assign(error, { dependency }) : error;
      }
    };
  };

type Step = (given: unknown) => Promise<unknown>;
type Middleware = (next: Step, context: { clientName?: string; commandName?: string }) => Step;

/** As far as the SDK's clients are alike; their own types differ by what each can be asked. */
interface WithMiddleware {
  middlewareStack: {
    add(middleware: Middleware, options: { step: "initialize" }): void;
    /** @returns false when there is none of that name */
    remove(name: string): boolean;
  };
}
