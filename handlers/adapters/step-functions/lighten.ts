/**
 * Takes off a client what costs Stripe's events time and gives nothing here: a quarter of what each costs. Retries, limits
 * of time, the endpoint and the signature stay the SDK's.
 */
import type { SFNClient } from "@aws-sdk/client-sfn";

/** Prepared for a logger, which the client has not; and for X-Ray and Lambda's loops, which know no Step Functions. */
const IDLE = ["loggerMiddleware", "recursionDetectionMiddleware"];

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
  return client;
}
