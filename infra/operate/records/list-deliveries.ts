/** Lists the deliveries that the webhook acts on, newest first, by what a list shows of them; how far it has looked is said. */
import { WEBHOOK_EVENT_TYPES } from "#workflow/payment-notice.ts";
import type { DeliveriesPage, Delivery } from "./shapes.ts";
import type { StripeDeliveries } from "./stripe-deliveries.ts";

export const ANSWERS = ["delivered", "failed", "waiting"] as const;

interface DeliveriesFilter {
  /** ISO 8601, both of them included. */
  since?: string | undefined;
  until?: string | undefined;
  answer?: (typeof ANSWERS)[number] | undefined;
  /** Part of an id, in any case. */
  course?: string | undefined;
  student?: string | undefined;
}

const ROWS_PER_PAGE = 50;
/** Of a hundred events each. */
const MOST_PAGES = 50;

/** @param before the event that was looked at last */
export async function listDeliveries(
  filter: DeliveriesFilter,
  before: string | undefined,
  { listEvents }: Pick<StripeDeliveries, "listEvents">,
): Promise<DeliveriesPage> {
  const found: Delivery[] = [];
  let [last, lookedBackTo, looked] = [before, undefined as string | undefined, 0];
  const page = (hasMore: boolean) => ({
    deliveries: found,
    next: hasMore ? last : undefined,
    looked,
    lookedBackTo,
  });
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const { events, hasMore } = await listEvents(last);
    for (const event of events) {
      if (filter.since && event.createdAt < filter.since) return page(false);
      if (found.length === ROWS_PER_PAGE) return page(true);
      [last, lookedBackTo, looked] = [event.eventId, event.createdAt, looked + 1];
      if (isLike(event, filter)) found.push(event);
    }
    if (!hasMore) return page(false);
  }
  return page(true);
}

function isLike(delivery: Delivery, { until, answer, course, student }: DeliveriesFilter): boolean {
  return (
    (WEBHOOK_EVENT_TYPES as readonly string[]).includes(delivery.type) &&
    (!until || delivery.createdAt <= until) &&
    (!answer || answerOf(delivery) === answer) &&
    includes(delivery.courseId, course) &&
    includes(delivery.userId, student)
  );
}

function answerOf({ delivered, attempts }: Delivery): DeliveriesFilter["answer"] {
  if (attempts.length === 0) return "waiting";
  return delivered ? "delivered" : "failed";
}

const includes = (value = "", part = "") => value.toLowerCase().includes(part.toLowerCase());
