/** What an order comes to, as the form shows it. */
import { formatMoney } from "#workflow/money.ts";
import type { OrderView } from "../checkout/order-answer.ts";
import type { CheckoutRecord } from "../store/records.ts";

export function viewOrder({ session, lineItems }: CheckoutRecord): OrderView {
  const format = (amount: number | null) =>
    formatMoney(amount ?? 0, session.currency ?? "usd", session.locale);
  const { amount_discount: discount = 0, amount_tax: tax = 0 } = session.total_details ?? {};
  const isTaxed = session.automatic_tax.status === "complete";
  const isIncluded = lineItems[0]?.price?.tax_behavior === "inclusive";
  const total = format(session.amount_total);
  const isFree = session.payment_status === "no_payment_required";
  const rows: OrderView["rows"] = [
    { name: "subtotal", term: "Subtotal", amount: format(session.amount_subtotal) },
    ...(discount > 0
      ? [{ name: "discount" as const, term: "Discount", amount: `-${format(discount)}` }]
      : []),
    ...(isTaxed
      ? [{ name: "tax" as const, term: isIncluded ? "Tax included" : "Tax", amount: format(tax) }]
      : []),
  ];
  return {
    rows: rows.length > 1 ? rows : [],
    total,
    payLabel: isFree ? "Complete order" : `Pay ${total}`,
    isFree,
  };
}
