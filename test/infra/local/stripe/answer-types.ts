/** What the API answers, in the SDK's own types, with ids where it could be asked for the object instead. */
import type Stripe from "stripe";

type Primitive = string | number | boolean | null | undefined;

/** What the generator cannot read from the SDK, by its name. */
interface Known {
  metadata: Record<string, string>;
  unit_amount_decimal: string | null;
  quantity_decimal: string | null;
  use_stripe_sdk: Record<string, unknown>;
}

type Unexpanded<T> = T extends Primitive
  ? T
  : {
      [Name in keyof T]: Name extends keyof Known
        ? Known[Name]
        : string extends T[Name]
          ? Exclude<T[Name], object>
          : Unexpanded<T[Name]>;
    };

/** By what they say they are. What is never anything but null here is not followed into the SDK. */
export interface AnswerTypes {
  balance: Unexpanded<Stripe.Balance>;
  balance_transaction: Unexpanded<Stripe.BalanceTransaction>;
  charge: Unexpanded<Omit<Stripe.Charge, "refunds" | "source">> & { source: null };
  "checkout.session": Unexpanded<Omit<Stripe.Checkout.Session, "line_items">>;
  coupon: Unexpanded<Stripe.Coupon>;
  customer: Unexpanded<Omit<Stripe.Customer, "sources" | "subscriptions" | "tax_ids">>;
  "customer deleted": Stripe.DeletedCustomer;
  dispute: Unexpanded<Stripe.Dispute>;
  event: Unexpanded<Omit<Stripe.EventBase, "data" | "type">> & {
    data: { object: unknown; previous_attributes?: Record<string, unknown> };
    type: Stripe.Event.Type;
  };
  invoice: Unexpanded<Omit<Stripe.Invoice, "last_finalization_error" | "lines" | "payments">> & {
    last_finalization_error: null;
    lines: { object: "list"; data: unknown[]; has_more: boolean; url: string };
  };
  item: Unexpanded<Omit<Stripe.LineItem, "price">> & { price: Unexpanded<Stripe.Price> };
  line_item: Unexpanded<Stripe.InvoiceLineItem>;
  list: { object: "list"; data: unknown[]; has_more: boolean; url: string };
  payment_intent: Unexpanded<Omit<Stripe.PaymentIntent, "last_payment_error" | "source">> & {
    last_payment_error: Refusal | null;
    source: null;
  };
  price: Unexpanded<Stripe.Price>;
  product: Unexpanded<Stripe.Product>;
  promotion_code: Unexpanded<Stripe.PromotionCode>;
  refund: Unexpanded<Stripe.Refund>;
  refusal: { error: Refusal };
}

/** Errors are typed where a payment intent keeps its last one, and have the same codes everywhere. */
type Refusal = Unexpanded<
  Omit<
    Stripe.PaymentIntent.LastPaymentError,
    "message" | "payment_intent" | "payment_method" | "setup_intent" | "source"
  >
> & { message: string };
