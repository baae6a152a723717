/** What a person decides about a purchase: signed, kept on the purchase, and then carried out. */
import { formatMoney } from "../money.ts";
import type { PaymentProvider } from "../ports/payments.ts";
import type { EnrollmentStore, OpenCheckoutStore, PurchaseStore, StudentStore } from "../ports/stores.ts";
import type { Decision, Purchase } from "../purchase.ts";
import { carryOut } from "./carry-out.ts";

export interface DecidePorts {
  purchases: Pick<PurchaseStore, "findPurchase" | "openPurchase" | "decide" | "clearAttention">;
  enrollments: Pick<EnrollmentStore, "findEnrollment" | "createEnrollment" | "deleteEnrollment">;
  openCheckouts: Pick<OpenCheckoutStore, "findOpenCheckout" | "closeOpenCheckout">;
  students: Pick<StudentStore, "findStudent">;
  payments: Pick<PaymentProvider, "findAmountRefunded" | "expireCheckout">;
  now: () => Date;
}

/** The decision cannot be made; the message is a sentence for the person who wanted it. */
export class DecisionRefused extends Error {
  override name = "DecisionRefused";
}

/** Erasing concerns all of a student's purchases, and has a command of its own. */
export interface WantedDecision extends Omit<Decision, "at"> {
  kind: Exclude<Decision["kind"], "erased">;
}

/**
 * Says what would come of it, without doing anything.
 * @returns one sentence per consequence
 * @throws DecisionRefused
 */
export async function planDecision(
  purchase: Purchase,
  wanted: WantedDecision,
  ports: DecidePorts,
): Promise<string[]> {
  const consequences = await consequencesOf(purchase, wanted, ports);
  const isAboutMoney = wanted.kind === "withdrawn" || wanted.kind === "closed";
  return isAboutMoney ? [...consequences, ...(await describeRefund(purchase, ports))] : consequences;
}

/** Without the payment provider: a decision does not wait for one that is away. */
async function consequencesOf(
  purchase: Purchase,
  wanted: WantedDecision,
  ports: DecidePorts,
): Promise<string[]> {
  const { userId, courseId, checkoutSessionId, decision } = purchase;
  if (decision && !isSame(decision, wanted)) {
    throw new DecisionRefused(
      `It has been decided already: ${decision.kind} by ${decision.by} at ${decision.at}.`,
    );
  }
  const enrollment = await ports.enrollments.findEnrollment(userId, courseId);
  const isItsOwn = enrollment?.stripeSessionId === checkoutSessionId;
  switch (wanted.kind) {
    case "withdrawn":
      return [
        isItsOwn
          ? `The enrollment of ${userId} in ${courseId} is taken back.`
          : `${userId} has no enrollment in ${courseId} by ${checkoutSessionId}, and will get none.`,
        "The course can be bought again.",
      ];
    case "closed":
      if (isItsOwn)
        throw new DecisionRefused(`${userId} has the course by this purchase: withdraw it instead.`);
      return [`Nothing more is delivered for ${checkoutSessionId}.`];
    case "waived":
      return ["Everything stays as it is."];
    case "transferred":
      return planTransfer(purchase, wanted, isItsOwn, ports);
  }
}

/** Money is given back in the payment provider's dashboard only, by a person. */
async function describeRefund(
  { settlement, checkoutSessionId }: Purchase,
  { payments }: DecidePorts,
): Promise<string[]> {
  if (settlement?.amountTotal === 0) return ["Nothing was charged, so there is nothing to refund."];
  if (!settlement?.amountTotal || !settlement.currency) return [];
  const refunded = await payments.findAmountRefunded(checkoutSessionId);
  const charged = formatMoney(settlement.amountTotal, settlement.currency);
  if (refunded > 0) return [`${formatMoney(refunded, settlement.currency)} of ${charged} was refunded.`];
  const payment = settlement.paymentIntentId ?? checkoutSessionId;
  return [`Nothing was refunded: if ${charged} is to go back, refund ${payment} in Stripe's dashboard.`];
}

async function planTransfer(
  { userId, courseId, settlement, checkoutSessionId }: Purchase,
  { to }: WantedDecision,
  isEnrolled: boolean,
  { students, enrollments, purchases }: DecidePorts,
): Promise<string[]> {
  if (!settlement)
    throw new DecisionRefused(`${checkoutSessionId} is not paid, so there is nothing to move.`);
  if (!to || to === userId) throw new DecisionRefused("Name another student to whom it goes.");
  if (!(await students.findStudent(to))) throw new DecisionRefused(`There is no student ${to}.`);
  if ((await purchases.findPurchase(to, checkoutSessionId))?.decision) {
    throw new DecisionRefused(`About ${to} and ${checkoutSessionId} it has been decided already.`);
  }
  const theirs = await enrollments.findEnrollment(to, courseId);
  if (theirs && theirs.stripeSessionId !== checkoutSessionId) {
    throw new DecisionRefused(`${to} has course ${courseId} already.`);
  }
  return [
    `${to} is enrolled in ${courseId}.`,
    isEnrolled ? `The enrollment of ${userId} is taken back.` : `${userId} is not enrolled, and will not be.`,
  ];
}

/**
 * The decision stands once it is written; what it entails can be done again at any time, and the reconciliation does what
 * a crash has left.
 * @returns the purchase as it stands now
 * @throws DecisionRefused
 */
export async function decide(
  purchase: Purchase,
  wanted: WantedDecision,
  ports: DecidePorts,
): Promise<Purchase> {
  await consequencesOf(purchase, wanted, ports);
  const decision: Decision = { ...wanted, at: ports.now().toISOString() };
  await ports.purchases.decide(purchase, decision);
  const standing = await ports.purchases.findPurchase(purchase.userId, purchase.checkoutSessionId);
  if (!standing?.decision || !isSame(standing.decision, wanted)) {
    throw new DecisionRefused("Somebody else has decided meanwhile: look again.");
  }
  await carryOut(standing, ports);
  return standing;
}

const isSame = (standing: Decision, wanted: WantedDecision) =>
  standing.kind === wanted.kind && standing.to === wanted.to;
