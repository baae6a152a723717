/** What the stand-in keeps: Stripe's own objects, and a checkout session with what Stripe does not show of it. */
import type Stripe from "stripe";
import type { Database, Write } from "../../storage/database.ts";
import type { StoredCustomer } from "../customer.ts";
import type { SentEvent } from "../webhooks/create-event.ts";
import { createCollection } from "./collection.ts";

export interface CheckoutRecord {
  id: string;
  created: number;
  /** As the API answers it, without line items, the client secret and expansions. */
  session: Stripe.Checkout.Session;
  clientSecret: string;
  lineItems: Stripe.LineItem[];
  /** For the payment intent, which exists from the first attempt to pay. */
  paymentIntentData: Stripe.Checkout.SessionCreateParams.PaymentIntentData;
  /** What the form's answers change of the customer that the session was given. */
  customerUpdate?: Stripe.Checkout.SessionCreateParams.CustomerUpdate | undefined;
}

interface ForeignEvent {
  id: string;
  created: number;
  event: SentEvent;
}

export type Records = ReturnType<typeof createRecords>;

export function createRecords(database: Database) {
  return {
    checkouts: createCollection<CheckoutRecord>(database, "checkout_session", "cs_test", {
      customer: ({ session }) => idOf(session.customer),
      payment_intent: ({ session }) => idOf(session.payment_intent),
      status: ({ session }) => session.status,
    }),
    customers: createCollection<StoredCustomer>(database, "customer", "cus", {
      email: (customer) => (customer.deleted ? null : customer.email),
    }),
    paymentIntents: createCollection<Stripe.PaymentIntent>(database, "payment_intent", "pi", {
      customer: (intent) => idOf(intent.customer),
    }),
    charges: createCollection<Stripe.Charge>(database, "charge", "ch", {
      payment_intent: (charge) => idOf(charge.payment_intent),
    }),
    refunds: createCollection<Stripe.Refund>(database, "refund", "re", {
      payment_intent: (refund) => idOf(refund.payment_intent),
    }),
    disputes: createCollection<Stripe.Dispute>(database, "dispute", "du", {
      payment_intent: (dispute) => idOf(dispute.payment_intent),
    }),
    products: createCollection<Stripe.Product>(database, "product", "prod"),
    prices: createCollection<Stripe.Price>(database, "price", "price"),
    coupons: createCollection<Stripe.Coupon>(database, "coupon", "coupon"),
    promotionCodes: createCollection<Stripe.PromotionCode>(database, "promotion_code", "promo", {
      code: ({ code }) => code.toUpperCase(),
    }),
    invoices: createCollection<Stripe.Invoice>(database, "invoice", "in", {
      customer: (invoice) => idOf(invoice.customer),
    }),
    events: createCollection<Stripe.Event>(database, "event", "evt", { type: (event) => event.type }),
    /** Delivered like events, and in no list of the account's own. */
    foreignEvents: createCollection<ForeignEvent>(database, "foreign_event", "evt"),
  };
}

/** Becomes an event; `previous` is the object before, where the event is to say what has changed. */
export type Happening = [type: Stripe.Event["type"], object: object, previous?: object];

/** What one step of the stand-in changes; it is committed as a whole. */
export interface Change {
  checkouts?: CheckoutRecord[];
  customers?: StoredCustomer[];
  paymentIntents?: Stripe.PaymentIntent[];
  charges?: Stripe.Charge[];
  refunds?: Stripe.Refund[];
  disputes?: Stripe.Dispute[];
  products?: Stripe.Product[];
  prices?: Stripe.Price[];
  coupons?: Stripe.Coupon[];
  promotionCodes?: Stripe.PromotionCode[];
  invoices?: Stripe.Invoice[];
  /** In the order in which they happen; the object is the event's snapshot. */
  events?: Happening[];
  /** The request of the API that all of it comes from. */
  cause?: Stripe.Event.Request;
  writes?: Write[];
}

export function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === "string" ? reference : (reference?.id ?? null);
}
