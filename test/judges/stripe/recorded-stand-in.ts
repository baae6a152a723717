/** Stripe's stand-in for as long as a judge needs it, with everything recorded that is asked of it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Stripe } from "stripe";
import { startStripeStandIn } from "#infra/local/stripe/stand-in.ts";
import { type Recorder, startRecorder } from "#test/support/record-exchanges.ts";

export const SECRET_KEY = "sk_test_judged";

export async function withRecordedStandIn<Result>(
  use: (recorder: Recorder) => Promise<Result>,
): Promise<Result> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "bursar-judged-stripe-"));
  const keys = { secretKey: SECRET_KEY, publishableKey: "pk_test_judged" };
  const standIn = await startStripeStandIn({ port: 0, dataDir, ...keys });
  const recorder = await startRecorder(standIn.url);
  try {
    return await use(recorder);
  } finally {
    await recorder.close();
    await standIn.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** @param url e.g. `http://127.0.0.1:40123` */
export function clientAt(url: string, secretKey = SECRET_KEY): Stripe {
  const { hostname, port } = new URL(url);
  const address = { host: hostname, port, protocol: "http" } as const;
  return new Stripe(secretKey, { ...address, maxNetworkRetries: 0, telemetry: false });
}
