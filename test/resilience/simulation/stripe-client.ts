/** Stripe's SDK as the shipped adapters use it, from within a process. */
import { Stripe } from "stripe";
import { ModelGap } from "./model-gap.ts";
import type { Process } from "./process.ts";
import type { NewSession, Session, StripeModel } from "./stripe.ts";

export function openSimulatedStripe(model: StripeModel, process: Process): Stripe {
  const find = (id: string) => {
    const session = model.findSession(id);
    if (session) return session;
    throw missing("id", `No such checkout session: ${id}`);
  };
  const sessions = {
    create: (params: Stripe.Checkout.SessionCreateParams, options: { idempotencyKey?: string } = {}) =>
      process.call("stripe", "create session", () =>
        model.keptAnswers.answerOnce(options.idempotencyKey, params, () =>
          model.createSession(toNewSession(params, model)),
        ),
      ),
    retrieve: (id: string, { expand = [] }: { expand?: string[] } = {}) =>
      process.call("stripe", "retrieve session", () => present(model, find(id), expand)),
    expire: (id: string) =>
      process.call("stripe", "expire session", () => {
        const session = find(id);
        if (model.expire(session)) return structuredClone(session);
        throw refusal(400, { message: `Only open sessions can be expired; ${id} is ${session.status}` });
      }),
    list: (params: ListParams = {}) =>
      listed(process, "list sessions", params, () => [...model.sessions.values()]),
  };
  const events = {
    list: (params: ListParams = {}) => listed(process, "list events", params, () => ownEvents(model)),
  };
  const customers = {
    update: (id: string, { email }: { email: string }) =>
      process.call("stripe", "update customer", () => {
        const customer = model.customers.get(id);
        if (!customer || customer.deletedAt) throw missing("customer", `No such customer: '${id}'`);
        if (!isAddress(email)) throw invalidEmail("email");
        customer.email = email;
        return structuredClone(customer);
      }),
  };
  return failLoudly("stripe", { checkout: failLoudly("checkout", { sessions }), events, customers });
}

/** Those of connected accounts are delivered here and listed there. */
const ownEvents = (model: StripeModel) => model.rememberedEvents().filter(({ account }) => !account);

/** A resource that is not known here ends the run instead of being undefined. */
function failLoudly(name: string, resources: Record<string, object>): Stripe {
  const get = (target: Record<string, object>, key: string | symbol) => {
    const known = target[String(key)];
    if (known || typeof key === "symbol" || key === "then") return known;
    throw new ModelGap(`The model of Stripe does not know ${name}.${key}.`);
  };
  return new Proxy(resources, { get }) as unknown as Stripe;
}

interface ListParams {
  created?: { gte?: number; lt?: number };
  types?: string[];
  payment_intent?: string;
  limit?: number;
  starting_after?: string;
}

/** Newest first, a page at a time. */
async function listed<T extends { id: string; type?: string }>(
  process: Process,
  operation: string,
  params: ListParams,
  read: () => readonly (T & { created: number; payment_intent?: string | null })[],
) {
  const { created, types, payment_intent: payment, limit = 10, starting_after: after, ...unknown } = params;
  if (Object.keys(unknown).length > 0)
    throw new ModelGap(`The model of Stripe cannot list by ${Object.keys(unknown).join()}.`);
  return process.call("stripe", operation, () => {
    const found = read()
      .filter((entry) => entry.created >= (created?.gte ?? 0) && entry.created < (created?.lt ?? Infinity))
      .filter(({ type = "" }) => !types || types.includes(type))
      .filter((entry) => payment === undefined || entry.payment_intent === payment)
      .toReversed();
    const from = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1;
    const data = structuredClone(found.slice(from, from + limit));
    return { object: "list", data, has_more: from + limit < found.length };
  });
}

function present(model: StripeModel, session: Session, expand: string[]) {
  const { payment_intent: id } = session;
  if (!id || expand.length === 0) return structuredClone(session);
  const status = model.isPaymentFailed(session.id) ? "requires_payment_method" : "processing";
  const charge = model.charges.get(id);
  const intent = {
    id,
    status: session.payment_status === "paid" ? "succeeded" : status,
    latest_charge: expand.includes("payment_intent.latest_charge") ? charge : charge?.id,
  };
  return structuredClone({ ...session, payment_intent: intent });
}

function toNewSession(params: Stripe.Checkout.SessionCreateParams, model: StripeModel): NewSession {
  const { metadata, line_items: [item] = [], customer, customer_email: email } = params;
  if (customer && model.customers.get(customer)?.deletedAt !== undefined)
    throw missing("customer", `No such customer: '${customer}'`);
  if (email && !isAddress(email)) throw invalidEmail("customer_email");
  const data = item?.price_data;
  const price = data
    ? { amount: data.unit_amount ?? 0, currency: data.currency }
    : model.prices.get(item?.price ?? "");
  if (!price) throw missing("line_items[0][price]", `No such price: '${item?.price}'`);
  return {
    ...price,
    reference: params.client_reference_id ?? null,
    metadata: (metadata as Record<string, string> | undefined) ?? null,
    customer,
    email,
  };
}

const isAddress = (email: string) => /^[^@\s]+@[^@\s]+\.[a-z]+$/.test(email);

const missing = (param: string, message: string) =>
  refusal(404, { message, param, code: "resource_missing" });

const invalidEmail = (param: string) =>
  refusal(400, { message: "Invalid email address", param, code: "email_invalid" });

function refusal(statusCode: number, what: { message: string; param?: string; code?: string }) {
  const error = new Stripe.errors.StripeInvalidRequestError({ ...what, type: "invalid_request_error" });
  return Object.assign(error, { statusCode });
}
