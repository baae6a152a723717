/** The dossier for people: a table per purchase, and in the end what to do. */
import type { SessionFacts } from "#handlers/adapters/stripe/checkout-facts.ts";
import { clean } from "#infra/command-line/print.ts";
import { renderTable } from "#infra/command-line/table.ts";
import { formatMoney } from "#workflow/money.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { Decision } from "#workflow/purchase.ts";
import type { ExecutionFacts } from "../records/execution-facts.ts";
import type { DeliveredEvent, Dossier, Purchase } from "./dossier.ts";

export function describeDossier({ query, student, course, executionName, purchases, gaps }: Dossier): string {
  const people = student
    ? [
        `Student   ${student.userId}, ${student.name} <${student.email}>, customer ${student.stripeCustomerId ?? "none yet"}`,
      ]
    : [];
  const things = course ? [`Course    ${course.courseId}, ${course.name}, ${priceOf(course)}`] : [];
  const executions = executionName ? [`Execution ${executionName}`] : [];
  const head = [`\nFound by ${query.kind}: ${query.id}`, ...people, ...things, ...executions, ...gaps];
  const none = purchases.length === 0 ? ["No purchases."] : [];
  return [...head, ...none, ...purchases.map(describePurchase)].join("\n");
}

function describePurchase(purchase: Purchase): string {
  const { checkoutSessionId, session, userId, courseId, paymentIntentId, enrollment, deadLetters, next } =
    purchase;
  const rows = [
    ["Order number", purchase.orderNumber],
    ["Checkout session", checkoutSessionId],
    ["Student, course", `${userId ?? "unknown"}, ${courseId ?? "unknown"}`],
    [
      "At Stripe",
      session
        ? `${session.status}, ${session.paymentStatus}, ${totalOf(session)}, ${session.createdAt}`
        : "not known there",
    ],
    ["Payment intent", paymentIntentId ?? "none"],
    ...describeRecord(purchase),
    ["Events", purchase.events.map(describeEvent).join("\n") || "none"],
    ["Executions", purchase.executions.map(describeExecution).join("\n") || "none"],
    [
      "Enrollment",
      enrollment ? `${enrollment.enrolledAt}, by ${enrollment.stripeSessionId ?? "free enrollment"}` : "none",
    ],
    ["Dead letters", deadLetters.map(({ sentAt, error }) => `${sentAt} ${error}`).join("\n") || "none"],
    ["Log query", purchase.logQuery],
    [next.needsPerson ? "DO NEXT" : "Next", next.text],
  ];
  // In one line, so that it can be copied as it is.
  const command = next.command ? `\n${clean(next.command)}` : "";
  return `\n${renderTable(rows, { compact: true, colWidths: [18, 84] })}${command}`;
}

function describeRecord({ record, session, decisions }: Purchase): string[][] {
  if (!record) return describeDecisions(decisions);
  const { unitAmount, currency, openedAt, settlement, refunded, disputed } = record;
  const money = (amount: number) => formatMoney(amount, currency ?? session?.currency ?? "");
  return [
    ["Agreed", unitAmount === undefined ? "nothing: not opened here" : `${money(unitAmount)}, ${openedAt}`],
    ...(settlement ? [["Charged", describeCharge(settlement, money)]] : []),
    ...(refunded
      ? [["Refunded", `${money(refunded.amount)}${refunded.isFull ? ", all of it" : ""}, ${refunded.at}`]]
      : []),
    ...(disputed ? [["Disputed", `${disputed.status}, ${disputed.at}`]] : []),
    ...describeDecisions(decisions),
  ];
}

/** With what makes it another amount than what was agreed. */
function describeCharge(
  { amountTotal, amountDiscount, amountTax }: PaymentEvent,
  money: (amount: number) => string,
): string {
  const parts = [
    amountTotal === 0 ? "nothing" : amountTotal === null ? "no amount" : money(amountTotal),
    ...(amountDiscount ? [`${money(amountDiscount)} off by a code`] : []),
    ...(amountTax ? [`${money(amountTax)} of it tax`] : []),
  ];
  return parts.join(", ");
}

function describeDecisions(decisions: Decision[]): string[][] {
  return decisions.map(({ kind, to, by, at, reason }) => [
    "Decided",
    `${kind}${to ? ` to ${to}` : ""} by ${by}, ${at}: ${reason}`,
  ]);
}

function describeEvent({ eventId, type, pendingDeliveries, attempts }: DeliveredEvent): string {
  const [latest] = attempts ?? [];
  const state = latest
    ? `${attempts?.length} attempts, last answered ${latest.status ?? latest.error}`
    : pendingDeliveries > 0
      ? "not delivered yet"
      : "delivered";
  return `${eventId} ${type}: ${state}`;
}

function describeExecution({ name, status, stateName, error, redriveCount, repeat }: ExecutionFacts): string {
  const redrives = redriveCount > 0 ? `, redriven ${redriveCount}x` : "";
  return `${name} ${status}${stateName ? ` at ${stateName}` : ""}${error ? `: ${error}` : ""}${redrives}${repeat ? `. ${repeat}` : ""}`;
}

function priceOf(course: NonNullable<Dossier["course"]>): string {
  return course.pricingModel === "free" ? "free" : formatMoney(course.unitAmount, course.currency);
}

function totalOf({ amountTotal, currency }: SessionFacts): string {
  return amountTotal === undefined || !currency ? "no amount" : formatMoney(amountTotal, currency);
}
