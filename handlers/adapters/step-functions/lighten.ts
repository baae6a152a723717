/**
 * Takes off a client what costs Stripe's events time and gives nothing here: half of what each costs. Retries, limits
 * of time, the endpoint and the signature stay the SDK's.
 */
import type { Readable } from "node:stream";
import type { SFNClient } from "@aws-sdk/client-sfn";
import { Sha256 } from "./sha256.ts";

/** What a client is made with that is then made lighter. */
export const LIGHT = {
  /** Nothing is ever added to the middleware, so it is put in order once and not for every event. */
  cacheMiddleware: true,
  sha256: Sha256,
  streamCollector: collect,
};

/**
 * Prepared for a logger, which the client has not; and for X-Ray and Lambda's loops, which know no Step Functions. How
 * long a body is, Node says by itself.
 */
const IDLE = ["loggerMiddleware", "recursionDetectionMiddleware", "contentLengthMiddleware"];

/** The SDK copies a client's whole configuration three times for each request, and reads this much of the copies. */
const READ_FROM_COPIES = new Set([
  "endpoint",
  "endpointProvider",
  "ignoreConfiguredEndpointUrls",
  "isCustomEndpoint",
  "region",
  "serviceConfiguredEndpoint",
  "serviceId",
  "streamCollector",
  "useDualstackEndpoint",
  "useFipsEndpoint",
]);

export function lighten(client: SFNClient): SFNClient {
  for (const name of IDLE) client.middlewareStack.remove(name);
  // For CloudTrail. The SDK's own is put together anew for every request.
  client.middlewareStack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers["user-agent"] = "bursar";
      return next(args);
    },
    { name: "getUserAgentMiddleware", step: "build", priority: "low", override: true },
  );
  // One for all requests: it asks for the credentials each time, so new ones are used once there are any.
  const createSigner = client.config.signer;
  let signer: ReturnType<typeof createSigner> | undefined;
  client.config.signer = (scheme) => {
    signer ??= createSigner(scheme).catch((error: unknown) => {
      signer = undefined;
      throw error;
    });
    return signer;
  };
  inheritRest(client.config);
  return client;
}

/** What is inherited is there as before, and is not copied. */
function inheritRest(config: object): void {
  const rest = {};
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(config))) {
    if (READ_FROM_COPIES.has(name)) continue;
    Object.defineProperty(rest, name, property);
    Reflect.deleteProperty(config, name);
  }
  Object.setPrototypeOf(config, rest);
}

/** As the SDK does it, but without a stream to pipe the answer into. */
function collect(stream: Readable): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => resolve(Buffer.concat(parts)));
    stream.on("error", reject);
  });
}
