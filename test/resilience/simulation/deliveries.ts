/** Stripe's deliveries: each event at least once, in any order, again for three days while it is not answered 200. */
import type { DeliveryAtStripe } from "../check/final-stores.ts";
import type { Deployment } from "./deployment.ts";
import type { Random } from "./random.ts";
import type { StripeEvent } from "./stripe.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const RETRY_AFTER_MS = [
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  12 * HOUR,
  12 * HOUR,
  12 * HOUR,
  12 * HOUR,
];

/** Of the events. */
const LOST = 0.04;

/** While an endpoint is switched off Stripe does not deliver, nor later what it has missed. */
interface Silence {
  from: number;
  to: number;
}

export function createDeliveries(random: Random, silence: Silence, deployment: () => Deployment) {
  const log: DeliveryAtStripe[] = [];

  async function deliver(event: StripeEvent): Promise<boolean> {
    const { agenda, deliverWebhook } = deployment();
    const delivery: DeliveryAtStripe = { eventId: event.id, startedAt: agenda.now(), status: undefined };
    log.push(delivery);
    Object.assign(delivery, await deliverWebhook(event));
    return delivery.status === 200;
  }

  async function deliverUntilAnswered(event: StripeEvent): Promise<void> {
    for (const pause of RETRY_AFTER_MS) {
      if (await deliver(event)) return;
      await deployment().agenda.sleep(pause * random.between(0.9, 1.1));
    }
    await deliver(event);
  }

  return {
    log,
    /** What an operator does with "Resend" in the dashboard: once, whatever comes of it. */
    resend: deliver,
    /** One to five deliveries; now and then none. The first is mostly prompt, but may be overtaken by those of later events. */
    announce(event: StripeEvent): void {
      const { agenda } = deployment();
      const isSilent = silence.from <= agenda.now() && agenda.now() < silence.to;
      if (isSilent || random.chance(LOST)) return;
      agenda.after(random.chance(0.85) ? random.between(0, 5_000) : random.between(0, 6 * HOUR), () => {
        void deliverUntilAnswered(event);
      });
      const extra = random.chance(0.5) ? 0 : 1 + random.below(4);
      for (let count = 0; count < extra; count += 1) {
        const delay = random.chance(0.5) ? random.between(0, 10_000) : random.between(0, 48 * HOUR);
        agenda.after(delay, () => void deliver(event));
      }
    },
  };
}
