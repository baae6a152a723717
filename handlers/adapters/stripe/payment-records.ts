/** Looks back in Stripe: events and sessions, page by page, as fast as Stripe's rate limit lets. */
import { setTimeout as pause } from "node:timers/promises";
import type { Stripe } from "stripe";
import { FULFILMENT_EVENT_TYPES } from "#workflow/payment-event.ts";
import { NOTICE_EVENT_TYPES } from "#workflow/payment-notice.ts";
import type { Period } from "#workflow/period.ts";
import type { PaymentRecords } from "#workflow/ports/payments.ts";
import { UnreadableRecord } from "#workflow/unreadable-record.ts";
import { isStripeError } from "./errors.ts";
import { isOurs } from "./ours.ts";
import { eventToPaymentEvent, isFulfilment, toInstant } from "./payment-event.ts";
import { eventToNotice, isNotice, metadataOf } from "./payment-notice.ts";
import { toCheckoutSession } from "./to-checkout-session.ts";

/** As many as Stripe gives at once. */
const PAGE_SIZE = 100;
/** Tries of one page, the pause doubling from half a second: about a minute in all. */
const TRIES = 8;
const FIRST_PAUSE_MS = 500;

/**
 * @param stripe asked once for each page, so that it can keep to a pace
 * @param deploymentName marks what is ours; other sales of the account are left out
 * @param wait between two tries of a page, for so many milliseconds
 */
export function createStripePaymentRecords(
  stripe: () => Promise<Stripe>,
  deploymentName: string,
  wait: (milliseconds: number) => Promise<unknown> = pause,
): PaymentRecords {
  async function* listEvents(types: readonly Stripe.Event["type"][], period: Period) {
    const params = { types: [...types] as Stripe.EventListParams["types"] & {}, created: toRange(period) };
    yield* walk(async (page) => (await stripe()).events.list({ ...params, ...page }), wait);
  }

  return {
    async *listPaymentEvents(period, report) {
      for await (const event of listEvents(FULFILMENT_EVENT_TYPES, period)) {
        if (!isFulfilment(event) || !isOurs(event.data?.object?.metadata, deploymentName)) continue;
        const paymentEvent = eventToPaymentEvent(event);
        if (paymentEvent) yield paymentEvent;
        else
          report(
            new UnreadableRecord(event.id, "it does not carry a checkout session as it should"),
            toInstant(event.created),
          );
      }
    },

    async *listNotices(period, report) {
      for await (const event of listEvents(NOTICE_EVENT_TYPES, period)) {
        if (!isNotice(event)) continue;
        const metadata = metadataOf(event);
        // One that bears nothing may be of a checkout that a tool has opened: Stripe is asked whose it is.
        if (metadata?.["deployment"] && !isOurs(metadata, deploymentName)) continue;
        const notice = eventToNotice(event);
        if (notice) yield notice;
        else if (isOurs(metadata, deploymentName))
          report(
            new UnreadableRecord(event.id, "it does not tell of a payment as it should"),
            toInstant(event.created),
          );
      }
    },

    async *listCheckouts(period, report) {
      const list = async (page: Stripe.PaginationParams) =>
        (await stripe()).checkout.sessions.list({ created: toRange(period), ...page });
      for await (const session of walk(list, wait)) {
        if (!isOurs(session.metadata, deploymentName)) continue;
        try {
          yield toCheckoutSession(session);
        } catch (error) {
          if (!(error instanceof UnreadableRecord)) throw error;
          report(error, toInstant(session.created));
        }
      }
    },
  };
}

/** The SDK's own paging does not try again after 429, and then the walk would be lost. */
async function* walk<T extends { id: string }>(
  list: (page: Stripe.PaginationParams) => Promise<Stripe.ApiList<T>>,
  wait: (milliseconds: number) => Promise<unknown>,
): AsyncGenerator<T> {
  let after: string | undefined;
  for (;;) {
    const page = { limit: PAGE_SIZE, ...(after && { starting_after: after }) };
    const { data, has_more: hasMore } = await withinRateLimit(() => list(page), wait);
    yield* data;
    after = data.at(-1)?.id;
    if (!hasMore || !after) return;
  }
}

async function withinRateLimit<T>(
  request: () => Promise<T>,
  wait: (milliseconds: number) => Promise<unknown>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      if (!isStripeError(error, "StripeRateLimitError") || attempt === TRIES) throw error;
      await wait(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
    }
  }
}

/** Stripe dates by the second, so a period that ends within one takes it in. */
const toRange = ({ since, until }: Period) => ({
  gte: Math.floor(since.getTime() / 1000),
  lt: Math.ceil(until.getTime() / 1000),
});
