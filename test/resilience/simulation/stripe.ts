/** Stripe: checkout sessions, what becomes of them, and the events that tell of it. */
import { Stripe } from "stripe";
import type { Agenda } from "./agenda.ts";
import type { Process } from "./process.ts";

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
  currency: string;
  client_reference_id: string | null;
  client_secret: string | null;
  metadata: Record<string, string>;
  customer: string | null;
  payment_intent: string | null;
}

export interface StripeEvent {
  id: string;
  object: "event";
  type: string;
  created: number;
  livemode: false;
  data: { object: Session };
}

interface NewSession {
  userId: string;
  courseId: string;
  amount: number;
  currency: string;
  customer?: string | undefined;
}

const DAY_SECONDS = 24 * 60 * 60;

type StripeModel = ReturnType<typeof createStripeModel>;

/** @param onEvent told of each event once; deliveries are its business */
export function createStripeModel(agenda: Agenda, onEvent: (event: StripeEvent) => void) {
  const sessions = new Map<string, Session>();
  const paymentFailed = new Set<string>();
  const idempotent = new Map<string, string>();
  const events: StripeEvent[] = [];
  const seconds = () => Math.floor(agenda.now() / 1000);

  function createSession({ userId, courseId, amount, currency, customer }: NewSession): Session {
    const id = `cs_test_${sessions.size + 1}`;
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
      client_reference_id: userId,
      client_secret: `${id}_secret`,
      metadata: { userId, courseId },
      customer: customer ?? null,
      payment_intent: null,
    };
    sessions.set(id, session);
    agenda.after(DAY_SECONDS * 1000, () => expire(session));
    return session;
  }

  function expire(session: Session): boolean {
    if (session.status !== "open") return false;
    session.status = "expired";
    session.client_secret = null;
    emit("checkout.session.expired", session);
    return true;
  }

  function emit(type: string, session: Session): StripeEvent {
    const event: StripeEvent = {
      id: `evt_${events.length + 1}`,
      object: "event",
      type,
      created: seconds(),
      livemode: false,
      data: { object: structuredClone(session) },
    };
    events.push(event);
    onEvent(event);
    return event;
  }

  function complete(session: Session, paymentStatus: Session["payment_status"]): boolean {
    if (session.status !== "open") return false;
    session.status = "complete";
    session.client_secret = null;
    session.payment_status = paymentStatus;
    session.customer ??= `cus_${session.id}`;
    if (paymentStatus === "no_payment_required") session.amount_total = 0;
    else session.payment_intent = `pi_${session.id}`;
    emit("checkout.session.completed", session);
    return true;
  }

  return {
    sessions,
    events,
    createSession,
    /** The student submits the form. False when there is nothing left to pay. */
    complete,
    /** The bank of a delayed method has decided. */
    settleDelayed(session: Session, succeeded: boolean) {
      if (succeeded) session.payment_status = "paid";
      else paymentFailed.add(session.id);
      emit(`checkout.session.async_payment_${succeeded ? "succeeded" : "failed"}`, session);
    },
    /** A second Event object for the same change: another id, nothing else. */
    emitTwin: (event: StripeEvent) => emit(event.type, event.data.object),
    expire,
    isPaymentFailed: (sessionId: string) => paymentFailed.has(sessionId),
    findSession: (id: string) => sessions.get(id),
    createOnce(key: string | undefined, request: NewSession): Session {
      if (!key) return createSession(request);
      const known = sessions.get(idempotent.get(key) ?? "");
      if (known && known.created > seconds() - DAY_SECONDS) return known;
      const session = createSession(request);
      idempotent.set(key, session.id);
      return session;
    },
  };
}

/** Stripe's SDK as the shipped adapter uses it, from within a process. */
export function openSimulatedStripe(model: StripeModel, process: Process): Stripe {
  const find = (id: string) => {
    const session = model.findSession(id);
    if (session) return session;
    throw refusal(404, `No such checkout session: ${id}`);
  };
  const checkoutSessions = {
    create: (params: Stripe.Checkout.SessionCreateParams, options: { idempotencyKey?: string } = {}) =>
      process.call("stripe", "create session", () =>
        structuredClone(model.createOnce(options.idempotencyKey, toNewSession(params))),
      ),
    retrieve: (id: string, { expand = [] }: { expand?: string[] } = {}) =>
      process.call("stripe", "retrieve session", () => present(model, find(id), expand)),
    expire: (id: string) =>
      process.call("stripe", "expire session", () => {
        const session = find(id);
        if (model.expire(session)) return structuredClone(session);
        throw refusal(400, `Only open sessions can be expired; ${id} is ${session.status}`);
      }),
    list: (params: ListParams = {}) =>
      listed(process, "list sessions", params, () => [...model.sessions.values()]),
  };
  const events = {
    list: (params: ListParams = {}) => listed(process, "list events", params, () => model.events),
  };
  return { checkout: { sessions: checkoutSessions }, events } as unknown as Stripe;
}

interface ListParams {
  created?: { gte?: number };
  types?: string[];
  type?: string;
}

/** One page with everything, awaited as a page or walked as an iterable. */
function listed<T extends { created: number; type?: string }>(
  process: Process,
  operation: string,
  { created, types, type }: ListParams,
  read: () => readonly T[],
) {
  const wanted = (entry: T) =>
    entry.created >= (created?.gte ?? 0) &&
    (!types || types.includes(entry.type ?? "")) &&
    (!type || type === entry.type);
  const page = async () => {
    const data = await process.call("stripe", operation, () =>
      structuredClone(read().filter(wanted).toReversed()),
    );
    return { object: "list", data, has_more: false };
  };
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- the SDK's list is awaited as well as walked
    then: (...handlers: Parameters<Promise<unknown>["then"]>) => page().then(...handlers),
    async *[Symbol.asyncIterator]() {
      yield* (await page()).data;
    },
  };
}

function present(model: StripeModel, session: Session, expand: string[]) {
  const { payment_intent: id } = session;
  const status = model.isPaymentFailed(session.id) ? "requires_payment_method" : "processing";
  const intent = { id, status: session.payment_status === "paid" ? "succeeded" : status };
  return structuredClone(
    id && expand.includes("payment_intent") ? { ...session, payment_intent: intent } : session,
  );
}

function toNewSession(params: Stripe.Checkout.SessionCreateParams): NewSession {
  const { metadata, line_items: [item] = [], customer } = params;
  return {
    userId: String(metadata && metadata["userId"]),
    courseId: String(metadata && metadata["courseId"]),
    amount: item?.price_data?.unit_amount ?? 0,
    currency: item?.price_data?.currency ?? "",
    customer,
  };
}

function refusal(statusCode: number, message: string) {
  const error = new Stripe.errors.StripeInvalidRequestError({ message, type: "invalid_request_error" });
  return Object.assign(error, { statusCode });
}
