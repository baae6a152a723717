/** What was paid: the price, what was taken off, the tax, the total, and what went back; with the day and the order's number. */
import type { CheckoutStatusAnswer, PurchaseSummary } from "#workflow/contract.ts";
import { formatDate } from "../dates.ts";
import { useLanguage } from "../language.ts";
import { amountOf, moneyOf, refundOf } from "../money.ts";

type Charged = Omit<CheckoutStatusAnswer, "currency" | "status" | "paymentStatus"> & {
  [Known in "unitAmount" | "currency" | "openedAt"]?: PurchaseSummary[Known] | undefined;
};

export function PurchaseSums({ purchase }: { purchase: Charged }) {
  const { words, locale } = useLanguage();
  const { currency, settledAt, openedAt, orderNumber, amountDiscount, amountTax, isTaxIncluded } = purchase;
  const { sums } = words.purchases;
  const money = (amount: number | undefined) => moneyOf(amount, currency, locale);
  const discount = amountDiscount ? money(-amountDiscount) : undefined;
  const tax = amountTax ? money(amountTax) : undefined;
  const date = settledAt ?? openedAt;
  return (
    <dl className="grid grid-cols-[auto_1fr] content-start gap-x-4 gap-y-1 text-sm">
      {discount || (tax && !isTaxIncluded) ? <Row name={sums.price}>{money(priceOf(purchase))}</Row> : null}
      <Row name={sums.discount}>{discount}</Row>
      {tax ? <Row name={isTaxIncluded ? sums.taxIncluded : sums.tax}>{tax}</Row> : null}
      <Row name={settledAt ? sums.paid : sums.price} isStrong>
        {amountOf(purchase, locale)}
      </Row>
      <Row name={sums.refunded}>{refundOf(purchase, locale)}</Row>
      <Row name={sums.date}>{date ? formatDate(date, locale) : undefined}</Row>
      <Row name={sums.orderNumber} isCode>
        {orderNumber}
      </Row>
    </dl>
  );
}

/** Before discount and tax; what was agreed, where that is known. */
function priceOf({ unitAmount, amountTotal, amountDiscount = 0, amountTax = 0, isTaxIncluded }: Charged) {
  if (typeof unitAmount === "number") return unitAmount;
  if (amountTotal === undefined) return undefined;
  return amountTotal + amountDiscount - (isTaxIncluded ? 0 : amountTax);
}

interface RowProps {
  name: string;
  /** Undefined: it is not known, or there is none, and nothing is shown. */
  children: string | undefined;
  isStrong?: boolean;
  isCode?: boolean;
}

function Row({ name, children, isStrong = false, isCode = false }: RowProps) {
  if (!children) return null;
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd
        className={`text-end tabular-nums ${isStrong ? "font-medium" : ""} ${isCode ? "font-mono select-all" : ""}`}
      >
        {children}
      </dd>
    </>
  );
}
