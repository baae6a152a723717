/** Looks back in Stripe: events and sessions, page by page, as fast as Stripe's rate limit lets. */
import { setTimeout as pause } from "node:timers/promises";
import type { Stripe } from "stripe";
import { FULFILMENT_EVENT_TYPES } from "#workflow/payment-event.ts";
import type { PaymentRecords } from "#workflow/ports/payments.ts";
import { toCheckoutSession } from "./checkout-sessions.ts";
import { isStripeError } from "./errors.ts";
import { eventToPaymentEvent, isFulfilment } from "./payment-event.ts";

/** As many as Stripe gives at once. */
const PAGE_SIZE = 100;
/** Tries of one page, the pause doubling from half a second: about a minute in all. */
const TRIES = 8;
const FIRST_PAUSE_MS = 500;

export function createStripePaymentRecords(stripe: () => Promise<Stripe>): PaymentRecords {
  return {
    async *listPaymentEvents(since) {
      const { events } = await stripe();
      const list = (page: Stripe.PaginationParams) =>
        events.list({ types: [...FULFILMENT_EVENT_TYPES], created: { gte: toUnixSeconds(since) }, ...page });
      for await (const event of walk(list)) {
        const paymentEvent = isFulfilment(event) ? eventToPaymentEvent(event) : undefined;
        if (paymentEvent) yield paymentEvent;
      }
    },

    async *listCheckouts(since) {
      const { checkout } = await stripe();
      const list = (page: Stripe.PaginationParams) =>
        checkout.sessions.list({ created: { gte: toUnixSeconds(since) }, ...page });
      for await (const session of walk(list)) yield toCheckoutSession(session);
    },
  };
}

/** The SDK's own paging does not try again after 429, and then the walk would be lost. */
async function* walk<T extends { id: string }>(
  list: (page: Stripe.PaginationParams) => Promise<Stripe.ApiList<T>>,
): AsyncGenerator<T> {
  let after: string | undefined;
  for (;;) {
    const page = { limit: PAGE_SIZE, ...(after && { starting_after: after }) };
    const { data, has_more: hasMore } = await withinRateLimit(() => list(page));
    yield* data;
    after = data.at(-1)?.id;
    if (!hasMore || !after) return;
  }
}

async function withinRateLimit<T>(request: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      if (!isStripeError(error, "StripeRateLimitError") || attempt === TRIES) throw error;
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
    }
  }
}

const toUnixSeconds = (date: Date) => Math.floor(date.getTime() / 1000);
