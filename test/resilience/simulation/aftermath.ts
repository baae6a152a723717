/** What becomes of a purchase after it was paid: money goes back, bookmarks are opened, a person is asked to decide. */
import { decideAbout } from "./operator.ts";
import { lookAtReturnPage, type Place } from "./purchase.ts";
import type { Session } from "./stripe.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export async function livePurchase(session: Session, place: Place): Promise<void> {
  const { random } = place;
  if (random.chance(0.15)) void moneyGoesBack(session, place);
  if (random.chance(0.08)) void changeMind(session, place);
  if (random.chance(0.1)) void loseCustomer(session, place);
  if (random.chance(0.3)) {
    await place.deployment.agenda.sleep(random.between(0, 20 * DAY));
    await lookAtReturnPage(session, place);
  }
}

async function moneyGoesBack(session: Session, { deployment, random }: Place): Promise<void> {
  const { agenda, stripe } = deployment;
  await agenda.sleep(random.chance(0.3) ? random.between(0, 5 * MINUTE) : random.between(0, 20 * DAY));
  if (random.chance(0.25)) {
    stripe.openDispute(session);
    await agenda.sleep(random.between(0, 5 * DAY));
    return stripe.closeDispute(session, random.pick(["won", "lost"]));
  }
  if (random.chance(0.4)) {
    stripe.refund(session, random.between(0.1, 0.9));
    await agenda.sleep(random.between(0, DAY));
  }
  if (random.chance(0.8)) stripe.refund(session, 1);
}

/** They write to somebody who acts at once, while the purchase may still be under way; or to two. */
async function changeMind(session: Session, place: Place): Promise<void> {
  const { agenda } = place.deployment;
  await agenda.sleep(
    place.random.chance(0.6) ? place.random.between(0, 20_000) : place.random.between(0, DAY),
  );
  const operators = place.random.chance(0.2) ? 2 : 1;
  for (let operator = 0; operator < operators; operator += 1) void decideAbout(session, place);
}

/** Somebody clears up in Stripe's dashboard. */
async function loseCustomer({ customer }: Session, { deployment, random }: Place): Promise<void> {
  await deployment.agenda.sleep(random.between(0, 2 * DAY));
  if (customer) deployment.stripe.deleteCustomer(customer);
}
