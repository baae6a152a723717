/** Others who sell in the same Stripe account, or in one that is connected to it: none of it is our business. */
import { paidCourse } from "#test/support/payment-events.ts";
import { courseOf } from "./catalogue.ts";
import type { Place } from "./purchase.ts";

const HOUR = 60 * 60 * 1000;
/** Those whose names and numbers look most like ours. */
export const OTHER_DEPLOYMENT = "bursar-staging";
export const OTHER_ACCOUNT = "acct_another";

export async function sellElsewhere({ deployment, random, students }: Place): Promise<void> {
  const { agenda, stripe } = deployment;
  await agenda.sleep(random.between(0, 20 * HOUR));
  const userId = students[random.below(students.length)] ?? "nobody";
  const { courseId, unitAmount: amount, currency } = courseOf(random.below(64));
  const kind = random.pick(["shop", "deployment", "account"]);
  const metadata = { userId, courseId, ...(kind === "deployment" && { deployment: OTHER_DEPLOYMENT }) };
  const session = stripe.createSession({
    amount: random.chance(0.5) ? amount : paidCourse.unitAmount + 1,
    currency,
    reference: kind === "shop" ? null : userId,
    metadata: kind === "shop" ? random.pick([null, { order: "1" }]) : metadata,
  });
  if (kind === "account") {
    stripe.sessions.delete(session.id);
    Object.assign(session, { status: "complete", payment_status: "paid" });
    return stripe.emitOfAccount(OTHER_ACCOUNT, session);
  }
  stripe.complete(session, "paid");
  await agenda.sleep(random.between(0, 20 * HOUR));
  if (random.chance(0.3)) stripe.refund(session, 1);
}
