/** What was agreed about a purchase, what was charged and given back, and what was decided. */
import type { ReactNode } from "react";
import type { Purchase } from "#infra/operate/console/contract.ts";
import { formatMoney } from "#workflow/money.ts";
import { formatTime } from "../words.ts";

export function PurchaseFacts({ purchase }: { purchase: Purchase }) {
  const { record, session, enrollment, decisions, paymentIntentId } = purchase;
  const currency = record?.currency ?? session?.currency ?? "";
  const money = (amount: number | undefined) =>
    amount === undefined || !currency ? "no amount" : formatMoney(amount, currency);
  const { refunded, disputed, settlement } = record ?? {};
  const { amountDiscount, amountTax } = settlement ?? {};
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-2 lg:grid-cols-3">
      <Fact term="Agreed">
        {record?.unitAmount === undefined
          ? "nothing: not opened here"
          : `${money(record.unitAmount)}, ${formatTime(record.openedAt ?? "")}`}
      </Fact>
      <Fact term="Charged">
        {session
          ? `${money(session.amountTotal)}: ${session.status}, ${session.paymentStatus}, ${formatTime(session.createdAt)}`
          : "not known at Stripe"}
      </Fact>
      {amountDiscount ? <Fact term="Taken off by a code">{money(amountDiscount)}</Fact> : null}
      {amountTax ? <Fact term="Tax">{money(amountTax)}</Fact> : null}
      <Fact term="Refunded">
        {refunded
          ? `${money(refunded.amount)}${refunded.isFull ? ", all of it" : ""}, ${formatTime(refunded.at)}`
          : "nothing"}
      </Fact>
      {disputed ? (
        <Fact term="Disputed">
          {disputed.status}, {formatTime(disputed.at)}
        </Fact>
      ) : null}
      <Fact term="Payment intent">
        <span className="font-mono text-xs">{paymentIntentId ?? "none"}</span>
      </Fact>
      <Fact term="Enrollment">
        {enrollment
          ? `${formatTime(enrollment.enrolledAt)}, by ${enrollment.stripeSessionId ?? "a free enrollment"}`
          : "none"}
      </Fact>
      {decisions.map(({ kind, to, by, at, reason }) => (
        <Fact key={at} term="Decided">
          {kind}
          {to ? ` to ${to}` : ""} by {by}, {formatTime(at)}: {reason}
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{term}</dt>
      <dd className="break-all">{children}</dd>
    </div>
  );
}
