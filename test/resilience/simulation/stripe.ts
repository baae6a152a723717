/** Stripe: checkout sessions, what becomes of them and of their money, and the events that tell of it. */
import type { Agenda } from "./agenda.ts";
import type { Random } from "./random.ts";
import { createKeptAnswers } from "./stripe-keys.ts";
import { type Charge, createPaybacks, type Dispute } from "./stripe-paybacks.ts";

export interface Session {
  id: string;
  object: "checkout.session";
  livemode: false;
  created: number;
  expires_at: number;
  status: "open" | "complete" | "expired";
  payment_status: "paid" | "unpaid" | "no_payment_required";
  amount_subtotal: number;
  amount_total: number;
  /** Of one that was filled in with a code or taxed. */
  total_details?: { amount_discount: number; amount_shipping: number; amount_tax: number };
  currency: string;
  client_reference_id: string | null;
  client_secret: string | null;
  metadata: Record<string, string> | null;
  customer: string | null;
  payment_intent: string | null;
  /** When it ceased to be payable, which only the model tells: milliseconds since 1970. */
  closedAt?: number;
}

export interface StripeEvent {
  id: string;
  object: "event";
  type: string;
  created: number;
  livemode: false;
  /** Of another account, with Connect. */
  account?: string;
  data: { object: Session | Charge | Dispute };
}

interface Customer {
  id: string;
  object: "customer";
  email: string | null;
  /** Milliseconds since 1970; undefined: it is there. */
  deletedAt: number | undefined;
}

export interface NewSession {
  amount: number;
  currency: string;
  /** The student, as the session's reference. */
  reference: string | null;
  metadata: Record<string, string> | null;
  customer?: string | undefined;
  email?: string | undefined;
}

const DAY_SECONDS = 24 * 60 * 60;

export type StripeModel = ReturnType<typeof createStripeModel>;

/**
 * @param keptFailures of the requests for a session: those that Stripe answers 500, and the same again under their key
 * @param onEvent told of each event once; deliveries are its business
 * @param idTail makes ids as long as Stripe's
 */
export function createStripeModel(
  agenda: Agenda,
  random: Random,
  keptFailures: number,
  onEvent: (event: StripeEvent) => void,
  idTail = "",
) {
  const sessions = new Map<string, Session>();
  const customers = new Map<string, Customer>();
  const prices = new Map<string, { amount: number; currency: string }>();
  const paymentFailed = new Set<string>();
  /** What a session's form is filled in with. */
  const emails = new Map<string, string | undefined>();
  const events: StripeEvent[] = [];
  let created = 0;
  let emitted = 0;
  const seconds = () => Math.floor(agenda.now() / 1000);
  const paybacks = createPaybacks(agenda, emit);

  function createSession({ amount, currency, reference, metadata, customer, email }: NewSession): Session {
    created += 1;
    const id = `cs_test_${created}${idTail}`;
    const session: Session = {
      id,
      object: "checkout.session",
      livemode: false,
      created: seconds(),
      expires_at: seconds() + DAY_SECONDS,
      status: "open",
      payment_status: "unpaid",
      amount_subtotal: amount,
      amount_total: amount,
      currency,
      client_reference_id: reference,
      client_secret: `${id}_secret`,
      metadata,
      customer: customer ?? null,
      payment_intent: null,
    };
    sessions.set(id, session);
    emails.set(id, email);
    agenda.after(DAY_SECONDS * 1000, () => {
      const known = sessions.get(id);
      if (known) expire(known);
    });
    return session;
  }
  function expire(session: Session): boolean {
    if (session.status !== "open") return false;
    session.status = "expired";
    session.closedAt = agenda.now();
    session.client_secret = null;
    emit("checkout.session.expired", session);
    return true;
  }

  function emit(type: string, object: Session | Charge | Dispute, account?: string): StripeEvent {
    emitted += 1;
    const event: StripeEvent = {
      id: `evt_${emitted}`,
      object: "event",
      type,
      created: seconds(),
      livemode: false,
      ...(account && { account }),
      data: { object: structuredClone(object) },
    };
    events.push(event);
    onEvent(event);
    return event;
  }

  function complete(session: Session, paymentStatus: Session["payment_status"]): boolean {
    if (session.status !== "open") return false;
    session.status = "complete";
    session.closedAt = agenda.now();
    session.client_secret = null;
    session.payment_status = paymentStatus;
    session.customer ??= createCustomer(session.id);
    if (paymentStatus === "no_payment_required") {
      const off = { amount_discount: session.amount_subtotal, amount_shipping: 0, amount_tax: 0 };
      session.total_details ??= off;
      session.amount_total = 0;
    } else session.payment_intent = `pi_${session.id}`;
    if (paymentStatus === "paid") paybacks.charge(session);
    emit("checkout.session.completed", session);
    return true;
  }

  function createCustomer(sessionId: string): string {
    const id = `cus_${sessionId}`;
    const email = emails.get(sessionId) ?? null;
    customers.set(id, { id, object: "customer", email, deletedAt: undefined });
    return id;
  }

  return {
    sessions,
    events,
    customers,
    prices,
    ...paybacks,
    keptAnswers: createKeptAnswers(agenda, random, keptFailures),
    createSession,
    /** The student submits the form. False when there is nothing left to pay. */
    complete,
    /** The bank of a delayed method has decided. */
    settleDelayed(session: Session, succeeded: boolean) {
      if (succeeded) {
        session.payment_status = "paid";
        paybacks.charge(session);
      } else paymentFailed.add(session.id);
      emit(`checkout.session.async_payment_${succeeded ? "succeeded" : "failed"}`, session);
    },
    /** A second Event object for the same change: another id, nothing else. */
    emitTwin: (event: StripeEvent) => emit(event.type, event.data.object),
    /** A sale of another account, whose session nobody can ask for here. */
    emitOfAccount(account: string, session: Omit<Session, "id">) {
      emit("checkout.session.completed", { ...session, id: `cs_test_elsewhere_${events.length}` }, account);
    },
    expire,
    deleteCustomer(id: string) {
      const customer = customers.get(id);
      if (customer) customer.deletedAt ??= agenda.now();
    },
    isPaymentFailed: (sessionId: string) => paymentFailed.has(sessionId),
    findSession: (id: string) => sessions.get(id),
    /** It lists those of 30 days, and forgets what is older. */
    rememberedEvents: () => events.filter(({ created }) => created > seconds() - 30 * DAY_SECONDS),
    /** Where there are too many to keep those with which nothing will happen any more. */
    forget({ id, payment_intent: payment, customer }: Session) {
      sessions.delete(id);
      emails.delete(id);
      customers.delete(customer ?? "");
      paybacks.charges.delete(payment ?? "");
    },
  };
}
