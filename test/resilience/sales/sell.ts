/** Makes sales in virtual time, through the shipped handlers, and says of which the end is not what it should be. */
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { checkTotal } from "#infra/local/stripe/checkout/amounts.ts";
import { priceItems, totalOf } from "#infra/local/stripe/checkout/pricing.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import type { PurchasesAnswer } from "#workflow/contract.ts";
import { createAgenda } from "../simulation/agenda.ts";
import { type Deployment, deploy } from "../simulation/deployment.ts";
import type { Parts } from "../simulation/parts.ts";
import { DEAD_LETTER_QUEUE } from "../simulation/queues.ts";
import { createRandom } from "../simulation/random.ts";
import { withVirtualClock } from "../simulation/round.ts";
import type { Session } from "../simulation/stripe.ts";
import { createWeather, DEFAULT_RATES } from "../simulation/weather.ts";
import type { Sale } from "./sale.ts";

const START = Date.parse("2026-11-23T12:00:00.000Z");

export interface SalesResult {
  sales: number;
  enrolled: number;
  /** Of those, the ones that a code made free. */
  free: number;
  refused: number;
  /** What is not as it should be, a sentence each. */
  faults: string[];
}

export async function sell(sales: readonly Sale[], parts: Parts): Promise<SalesResult> {
  const random = createRandom(1);
  const agenda = createAgenda(START);
  const climate = { rates: DEFAULT_RATES, outages: [], usualSince: START, calmSince: START };
  const deployment: Deployment = deploy(parts, createWeather(agenda, random, climate), random, 0, (event) =>
    agenda.after(1_000, () => void deployment.deliverWebhook(event)),
  );
  const result: SalesResult = { sales: 0, enrolled: 0, free: 0, refused: 0, faults: [] };
  for (const [index, sale] of sales.entries()) void makeSale(sale, index, deployment, result);
  await withVirtualClock(agenda.now, async () => {
    for (let work = agenda.takeNext(); work; work = agenda.takeNext()) {
      work();
      do await new Promise((resolve) => setImmediate(resolve));
      while (deployment.processes.isAnyBusy());
      const gap = deployment.processes.findGap();
      if (gap) throw gap;
    }
  });
  if (result.sales !== sales.length)
    result.faults.push(`${sales.length - result.sales} sales came to no end`);
  return result;
}

async function makeSale(
  sale: Sale,
  index: number,
  deployment: Deployment,
  result: SalesResult,
): Promise<void> {
  const { agenda, stripe, table } = deployment;
  const userId = `student-${index}`;
  const courseId = `COURSE-${index}`;
  const { unitAmount, currency } = sale;
  table.put(courseItem({ ...paidCourse, courseId, unitAmount, currency }));
  await agenda.sleep(index);
  const answer = await deployment.callApi("POST", "/api/enrollments", userId, { courseId });
  const opened = stripe.findSession(answer?.body.checkoutSessionId ?? "");
  if (!opened) return void result.faults.push(`${describe(sale)}: no form, ${answer?.status}`);

  const session = sale.wrong === "other-course" ? openElsewhere(userId, courseId, sale, deployment) : opened;
  fillIn(session, sale);
  spoil(session, sale);
  stripe.complete(session, session.amount_total === 0 ? "no_payment_required" : "paid");
  await agenda.sleep(10 * 60_000);
  result.sales += 1;
  const fault = sale.wrong ? findUnnoticed(session, deployment) : await findFault(session, deployment);
  if (fault) result.faults.push(`${describe(sale)}: ${fault}`);
  else if (sale.wrong) result.refused += 1;
  else result.enrolled += 1;
  if (!sale.wrong && session.amount_total === 0) result.free += 1;
}

/** A code that leaves less than Stripe charges is refused by the form, and the student pays without one. */
function fillIn(session: Session, { reduction, tax }: Sale): void {
  const item = { amount_subtotal: session.amount_subtotal, currency: session.currency };
  const priced = totalOf(priceItems([item], reduction, tax));
  const isRefused = isBelowLeast(priced.amountTotal, session.currency);
  const { amountDiscount, amountTax, amountTotal } = isRefused
    ? totalOf(priceItems([item], undefined, tax))
    : priced;
  session.amount_total = amountTotal;
  session.total_details = { amount_discount: amountDiscount, amount_shipping: 0, amount_tax: amountTax };
}

function isBelowLeast(amount: number, currency: string): boolean {
  try {
    checkTotal(amount, currency);
    return false;
  } catch {
    return true;
  }
}

function spoil(session: Session, { wrong, currency }: Sale): void {
  const step = session.amount_subtotal % 100 === 0 ? 100 : 1;
  const subtotal = session.amount_subtotal;
  if (wrong === "dearer") session.amount_subtotal = subtotal + step;
  if (wrong === "cheaper") session.amount_subtotal = subtotal - step;
  if (wrong === "other-currency") session.currency = currency === "usd" ? "eur" : "usd";
  if (wrong === "underpaid") {
    session.total_details = { amount_discount: 0, amount_shipping: 0, amount_tax: 0 };
    session.amount_total = subtotal - step;
  }
}

/** As a tool might, which has mixed up two courses. */
function openElsewhere(
  userId: string,
  courseId: string,
  { unitAmount, currency }: Sale,
  { stripe }: Deployment,
) {
  const metadata = { userId, courseId };
  return stripe.createSession({ reference: userId, metadata, amount: unitAmount + 100, currency });
}

const lettersOf = ({ queues }: Deployment, sessionId: string) =>
  queues
    .allMessages(DEAD_LETTER_QUEUE)
    .map(({ body }) => JSON.parse(body) as { checkoutSessionId?: string; error?: string })
    .filter(({ checkoutSessionId }) => checkoutSessionId === sessionId);

/** @returns what is wrong with the end of a sale that was right */
async function findFault(session: Session, deployment: Deployment): Promise<string | undefined> {
  const userId = session.metadata?.["userId"] ?? "";
  const [letter] = lettersOf(deployment, session.id);
  if (letter) return `ends as ${letter.error}`;
  const answer = await deployment.callApi("GET", "/api/purchases", userId);
  const listed = answer?.body as unknown as PurchasesAnswer | undefined;
  const purchase = listed?.purchases.find(({ checkoutSessionId }) => checkoutSessionId === session.id);
  const charged = deployment.stripe.charges.get(session.payment_intent ?? "")?.amount ?? 0;
  if (purchase?.stage !== "enrolled") return `is ${purchase?.stage} instead of enrolled`;
  if (purchase.unitAmount !== session.amount_subtotal) return `was quoted ${purchase.unitAmount}`;
  if (purchase.amountTotal !== charged)
    return `is told as ${purchase.amountTotal}, and ${charged} was charged`;
  const { amountDiscount = 0, amountTax = 0, isTaxIncluded } = purchase;
  const explained = session.amount_subtotal - amountDiscount + (isTaxIncluded ? 0 : amountTax);
  return explained === charged ? undefined : `says ${explained} in its parts, and ${charged} was charged`;
}

/** @returns what is wrong with the end of one that was wrong itself */
function findUnnoticed(session: Session, deployment: Deployment): string | undefined {
  const errors = lettersOf(deployment, session.id).map(({ error }) => error);
  return errors.length === 1 && errors[0] === "AmountMismatch"
    ? undefined
    : `ends as ${errors.join(", ") || "if nothing were wrong"}`;
}

function describe({ unitAmount, currency, reduction, tax, wrong }: Sale): string {
  const off = reduction ? (reduction.amount_off ?? `${reduction.percent_off} %`) : "nothing";
  const taxed = tax ? `, ${tax.rate / 100} % ${tax.isIncluded ? "within" : "on top"}` : "";
  return `${unitAmount} ${currency} less ${off}${taxed}${wrong ? `, ${wrong}` : ""}`;
}
