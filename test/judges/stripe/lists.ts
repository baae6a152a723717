/** Whether Stripe's own SDK, which asks for the next page for as long as it is told that there is one, has seen everything. */
import type { Exchange } from "#test/support/record-exchanges.ts";
import type { Difference } from "../verdict.ts";

interface StripeObject {
  id: string;
  object: string;
  deleted?: boolean;
}

const LISTED = [
  "charge",
  "checkout.session",
  "coupon",
  "customer",
  "dispute",
  "event",
  "invoice",
  "payment_intent",
  "price",
  "product",
  "promotion_code",
  "refund",
];

/** @returns a difference for each kind of which something was told and is on no page */
export function findUnlisted(exchanges: Exchange[]): Difference[] {
  const bodies = exchanges.map(({ body }) => body);
  const listed = new Set(bodies.flatMap(listIn).map(({ id }) => id));
  const told = bodies.flatMap((body) => (isStripeObject(body) ? [body] : []));
  const gone = new Set(told.filter(({ deleted }) => deleted).map(({ id }) => id));
  return LISTED.flatMap((kind) => {
    const ids = new Set(told.filter(({ object }) => object === kind).map(({ id }) => id));
    const missing = [...ids].filter((id) => !listed.has(id) && !gone.has(id));
    if (missing.length === 0) return [];
    const ours = `${missing.length} of ${ids.size} are on no page`;
    return [{ what: `the list of ${kind}`, theirs: "everything that there is", ours }];
  });
}

/** @returns a difference when a page repeats what it is asked to begin after */
export function findRepeated(exchanges: Exchange[]): Difference[] {
  const repeated = exchanges.filter(({ body, path }) => {
    const after = new URL(path, "http://localhost").searchParams.get("starting_after");
    return listIn(body).some(({ id }) => id === after);
  });
  const kinds = new Set(repeated.map(({ path }) => path.split("?")[0]));
  const theirs = "what comes after the last one";
  return [...kinds].map((kind) => ({ what: `the next page of ${kind}`, theirs, ours: "the last one again" }));
}

function listIn(body: unknown): StripeObject[] {
  const { data, object } = body as { data?: StripeObject[]; object?: string };
  return object === "list" && data ? data : [];
}

const isStripeObject = (body: unknown): body is StripeObject =>
  typeof body === "object" && body !== null && "id" in body && "object" in body;
