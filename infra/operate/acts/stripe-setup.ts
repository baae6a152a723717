/** What is done about Stripe's webhook endpoint and its keys, signed. */
import { setUpWebhook, type WebhookSetupResult } from "../stripe-setup/set-up-webhook.ts";
import type { Signed } from "./open-ledger.ts";

export function setUpSigned(
  [stripe, secrets, setup]: Parameters<typeof setUpWebhook>,
  { ledger, reason }: Signed,
): Promise<WebhookSetupResult> {
  return ledger.act(
    { action: "setup", about: [setup.endpointUrl], reason },
    () => setUpWebhook(stripe, secrets, setup),
    ({ endpointId, endpoint, deletedEndpointIds, acceptedSigningSecrets: accepted }) => ({
      isDone: true,
      text: [
        `${endpointId} ${endpoint}`,
        `${accepted} signing secret${accepted === 1 ? "" : "s"} accepted`,
        ...deletedEndpointIds.map((id) => `${id} deleted`),
      ].join(", "),
    }),
  );
}
