/** What `npm run stripe:setup` asks of Stripe. Webhook endpoints are none of the stand-in's business. */
import { type Exchange, startRecorder } from "#test/support/record-exchanges.ts";
import { startAccounts } from "#test/support/stripe-accounts.ts";
import { setUpEndpoint } from "./product-flows.ts";

/** @returns what was asked of accounts that only tests have */
export async function recordSetUp(): Promise<Exchange[]> {
  const accounts = await startAccounts();
  const recorder = await startRecorder(accounts.url);
  try {
    await setUpEndpoint(recorder.url, accounts);
    return recorder.exchanges.filter(({ path }) => path.startsWith("/v1/"));
  } finally {
    await recorder.close();
    accounts.close();
  }
}
