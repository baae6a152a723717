/** One student buying one course, in one of the ways that happen. */
import { livePurchase } from "./aftermath.ts";
import { courseOf } from "./catalogue.ts";
import type { createDeliveries } from "./deliveries.ts";
import type { Deployment } from "./deployment.ts";
import type { Random } from "./random.ts";
import type { Session } from "./stripe.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface PurchasePlan {
  userId: string;
  courseIndex: number;
}

export type Place = {
  deployment: Deployment;
  deliveries: ReturnType<typeof createDeliveries>;
  random: Random;
  students: readonly string[];
};

export async function purchase(plan: PurchasePlan, place: Place): Promise<void> {
  const { deployment, random } = place;
  const { agenda, stripe } = deployment;
  await agenda.sleep(random.between(0, 12 * HOUR));
  const session = random.chance(0.6) ? await checkOutPatiently(plan, place) : openElsewhere(plan, place);
  if (!session) return;

  await agenda.sleep(random.between(1_000, 10 * MINUTE));
  const method = random.pick(["card", "card", "card", "card", "coupon", "bank", "bank", "abandoned"]);
  if (method === "abandoned") return;
  const paymentStatus = method === "card" ? "paid" : method === "coupon" ? "no_payment_required" : "unpaid";
  if (!stripe.complete(session, paymentStatus)) return;
  void lookAtReturnPage(session, place);
  if (method === "bank") {
    await agenda.sleep(random.between(MINUTE, 5 * DAY));
    stripe.settleDelayed(session, random.chance(0.7));
    if (session.payment_status === "paid") void lookAtReturnPage(session, place);
  }
  void livePurchase(session, place);
  if (random.chance(0.12)) makeTwin(session, place);
  if (random.chance(0.25)) await resendFromDashboard(session, place);
}

/** Who is turned away may come back in an hour or two. */
async function checkOutPatiently(plan: PurchasePlan, place: Place): Promise<Session | undefined> {
  for (let visits = 0; visits < 3; visits += 1) {
    const session = await checkOut(plan, place);
    if (session ?? place.random.chance(0.5)) return session;
    await place.deployment.agenda.sleep(place.random.between(0, 2 * HOUR));
  }
  return undefined;
}

/** Through the shipped API, as often as a student presses the button. */
export async function checkOut(
  { userId, courseIndex }: PurchasePlan,
  { deployment }: Pick<Place, "deployment">,
): Promise<Session | undefined> {
  const { courseId } = courseOf(courseIndex);
  for (let presses = 0; presses < 4; presses += 1) {
    const answer = await deployment.callApi("POST", "/api/enrollments", userId, { courseId });
    const checkoutSessionId = answer?.body.checkoutSessionId;
    if (answer?.status === 201 && checkoutSessionId) return deployment.stripe.findSession(checkoutSessionId);
    if (answer && answer.status < 500) return undefined;
    await deployment.agenda.sleep(5_000);
  }
  return undefined;
}

/** The webhook takes any signed event, whoever made the session: some contradict themselves, or name nobody we know. */
function openElsewhere({ userId, courseIndex }: PurchasePlan, { deployment, random }: Place): Session {
  const { courseId, unitAmount, currency } = courseOf(courseIndex);
  const metadata = { userId, courseId };
  const reference = userId;
  const session = deployment.stripe.createSession({ reference, metadata, amount: unitAmount, currency });
  if (random.chance(0.02)) session.client_reference_id = "somebody-else";
  if (random.chance(0.02)) session.amount_subtotal = 1;
  return session;
}

export async function lookAtReturnPage(
  { id, client_reference_id }: Session,
  { deployment, random }: Place,
): Promise<void> {
  const staysOpen = random.chance(0.05);
  const looks = staysOpen ? 12 : random.below(4);
  for (let look = 0; look < looks; look += 1) {
    await deployment.agenda.sleep(staysOpen ? random.between(0, 30 * MINUTE) : random.between(500, 12_000));
    await deployment.callApi("GET", `/api/checkout/session/${id}`, client_reference_id ?? "nobody");
  }
}

function makeTwin(session: Session, { deployment, random }: Place): void {
  const event = deployment.stripe.events.findLast(({ data }) => data.object.id === session.id);
  if (event) deployment.agenda.after(random.between(0, DAY), () => deployment.stripe.emitTwin(event));
}

/** Stripe lets one do that for 15 days. */
async function resendFromDashboard(
  session: Session,
  { deployment, deliveries, random }: Place,
): Promise<void> {
  await deployment.agenda.sleep(random.chance(0.5) ? random.between(0, HOUR) : random.between(0, 15 * DAY));
  const events = deployment.stripe.events.filter(({ data }) => data.object.id === session.id);
  for (const event of events) await deliveries.resend(event);
}
