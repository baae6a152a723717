/** Verifies Stripe's webhook events and turns the ones about fulfilment into payment events. */
import type { Stripe } from "stripe";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { PaymentNotice } from "#workflow/payment-notice.ts";
import { type PaymentEventReader, WebhookRefused } from "#workflow/ports/payments.ts";
import type { SigningSecret, SigningSecretReader } from "../secrets-manager/signing-secret.ts";
import { digestSources } from "./digest-sources.ts";
import { isStripeError } from "./errors.ts";
import { isOurs } from "./ours.ts";
import { eventToPaymentEvent, isFulfilment } from "./payment-event.ts";
import { eventToNotice, isNotice, metadataOf, type NoticeEvent } from "./payment-notice.ts";
import { webhooks } from "./signature.ts";

/** @param deploymentName marks what is ours, e.g. `bursar-staging` */
export function createStripeEventReader(
  secrets: SigningSecretReader,
  deploymentName: string,
): PaymentEventReader {
  return {
    async readEvent(rawBody, headers) {
      const signature = headers["stripe-signature"];
      if (!signature) throw new WebhookRefused("signature", "the Stripe-Signature header is missing");
      const secret = await secrets.current();
      const signed =
        verify(rawBody, signature, secret) ?? verify(rawBody, signature, await secrets.refreshed());
      if (!signed) {
        throw new WebhookRefused(
          "signature",
          "no current signing secret explains the signature, or it is too old",
          digestSources(headers, secret),
        );
      }
      requirePresent(signature);
      const { content: event } = signed;
      const paymentEvent = readOurs(event, deploymentName);
      if (paymentEvent) {
        requireOwnAccount(event, secret);
        requireOwnMode(paymentEvent, secret);
      }
      return paymentEvent;
    },
  };
}

/**
 * While a secret is rotated, either of two may have signed.
 * @returns the event, whatever it is; undefined when none of the secrets has signed it
 * @throws WebhookRefused when it is signed and cannot be read
 */
function verify(
  rawBody: Uint8Array,
  signature: string,
  { STRIPE_WEBHOOK_SECRET }: SigningSecret,
): { content: Stripe.Event } | undefined {
  for (const secret of STRIPE_WEBHOOK_SECRET) {
    try {
      return { content: webhooks.constructEvent(rawBody, signature, secret) };
    } catch (error) {
      // Not this secret; the caller decides once all were tried.
      if (!isStripeError(error, "StripeSignatureVerificationError")) throw refuseContent(rawBody);
    }
  }
  return undefined;
}

/** The SDK has found the signature right and the body not to be an event. */
function refuseContent(rawBody: Uint8Array): WebhookRefused {
  const isThin = /"object"\s*:\s*"v2\.core\.event"/.test(new TextDecoder().decode(rawBody));
  return isThin
    ? new WebhookRefused(
        "thin",
        "this is a thin event; set the endpoint in Stripe's dashboard to snapshot events (npm run stripe:setup does)",
      )
    : new WebhookRefused("shape", "the body is signed but is not an event");
}

/**
 * The SDK refuses what is too old and accepts what is dated ahead, which could then be replayed until its time has come.
 * Read as the SDK reads it: the last `t` counts, and the signature covers it.
 */
function requirePresent(signature: string): void {
  const timestamp = signature.split(",").findLast((item) => item.startsWith("t="));
  const secondsAhead = Number.parseInt(timestamp?.slice(2) ?? "", 10) - Date.now() / 1000;
  if (!(secondsAhead <= webhooks.DEFAULT_TOLERANCE))
    throw new WebhookRefused(
      "signature",
      "the signature is dated in the future; look at this machine's clock",
    );
}

/** A live event must not enroll anyone in a test deployment, nor a test payment in a live one. */
function requireOwnMode({ livemode }: { livemode: boolean }, { STRIPE_MODE }: SigningSecret): void {
  if (!STRIPE_MODE || livemode === (STRIPE_MODE === "live")) return;
  throw new WebhookRefused(
    "mode",
    `the event is of Stripe's ${livemode ? "live" : "test"} mode and this deployment's keys are not`,
  );
}

/** With Stripe Connect one endpoint may hear of other accounts' sales, whose students and courses are not ours. */
function requireOwnAccount({ account }: Stripe.Event, { STRIPE_ACCOUNT_ID }: SigningSecret): void {
  if (!account || account === STRIPE_ACCOUNT_ID) return;
  throw new WebhookRefused(
    "account",
    "the event is of another Stripe account; if it is yours, add STRIPE_ACCOUNT_ID to the secret",
  );
}

/** @returns undefined for events that are neither about fulfilment nor about money that goes back, and for others' sales */
function readOurs(event: Stripe.Event, deploymentName: string): PaymentEvent | PaymentNotice | undefined {
  if (typeof event?.type !== "string")
    throw new WebhookRefused("shape", "the body is signed but is not an event");
  if (isNotice(event)) return readNotice(event, deploymentName);
  if (!isFulfilment(event)) return undefined;
  const session: unknown = event.data?.object;
  const isReadable = typeof session === "object" && session !== null;
  if (isReadable && !isOurs(event.data.object.metadata, deploymentName)) return undefined;
  // Nobody can say whose it is when it has no session, as one of another API version may not.
  const paymentEvent = isReadable && eventToPaymentEvent(event);
  if (!paymentEvent)
    throw new WebhookRefused("shape", "the event is signed but is not a checkout session event");
  return paymentEvent;
}

function readNotice(event: NoticeEvent, deploymentName: string): PaymentNotice | undefined {
  const metadata = metadataOf(event);
  if (metadata && !isOurs(metadata, deploymentName)) return undefined;
  // One that is not about a payment cannot be about a checkout session.
  return eventToNotice(event);
}
