/** Requests to the webhook that must never start an execution. */
import * as fc from "fast-check";
import { sign, stripeEvent } from "#test/support/stripe-events.ts";

interface WebhookAttack {
  body: string | Uint8Array;
  header?: string;
}

const payload = stripeEvent();
const event = JSON.parse(payload) as { data: { object: { metadata: object } } };

const headerOf = (arbitrary: fc.Arbitrary<string>) => fc.option(arbitrary, { nil: undefined });
const anyHeader = headerOf(
  fc.oneof(
    fc.string({ unit: "binary" }),
    fc.stringMatching(/^t=\d{1,12}(,v[01]=[0-9a-f]{64}){1,4}$/),
    fc.constant(sign(payload)),
  ),
);

const withHeader = ([body, header]: [string | Uint8Array, string | undefined]): WebhookAttack =>
  header === undefined ? { body } : { body, header };

/** Whatever bytes or text, under whatever header. */
export const forgedRequest: fc.Arbitrary<WebhookAttack> = fc
  .tuple(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: "binary" }), fc.json()), anyHeader)
  .map(withHeader);

/** A genuine request with some of its bytes replaced, lost or doubled. */
export const tamperedRequest: fc.Arbitrary<WebhookAttack> = fc
  .tuple(fc.nat(payload.length - 1), fc.nat(5), fc.string({ maxLength: 5 }))
  .map(([at, length, inserted]) => payload.slice(0, at) + inserted + payload.slice(at + length))
  .filter((body) => body !== payload)
  .map((body) => ({ body, header: sign(payload) }));

const signed = (value: unknown): WebhookAttack => {
  const body = typeof value === "string" ? value : JSON.stringify(value);
  return { body, header: sign(body) };
};

/** Signed, and yet no event of ours: any JSON, or an event's keys with any values. */
export const signedJunk: fc.Arbitrary<WebhookAttack> = fc
  .oneof(
    fc.json(),
    fc.string({ unit: "binary" }),
    fc.record(
      {
        id: fc.anything(),
        object: fc.constantFrom("event", "v2.core.event", 1, null),
        type: fc.oneof(fc.string(), fc.constant("checkout.session.completed")),
        created: fc.oneof(fc.double(), fc.integer()),
        data: fc.oneof(fc.anything(), fc.record({ object: fc.anything() })),
      },
      { requiredKeys: [] },
    ),
  )
  .map((value) => signed(typeof value === "string" ? value : toJson(value)));

/** What cannot be written as JSON is none. */
function toJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? "null");
  } catch {
    return null;
  }
}

const PLACES = [
  ["id"],
  ["livemode"],
  ["created"],
  ["data"],
  ["data", "object"],
  ["data", "object", "id"],
  ["data", "object", "payment_status"],
  ["data", "object", "amount_subtotal"],
  ["data", "object", "amount_total"],
  ["data", "object", "currency"],
  ["data", "object", "client_reference_id"],
  ["data", "object", "metadata", "userId"],
  ["data", "object", "metadata", "courseId"],
];

/** No field of an event may be any of these. */
const WRONG = fc.oneof(
  fc.array(fc.string(), { minLength: 1 }),
  fc.constantFrom({ $gt: "" }, { length: 1 }, { toString: 1 }, { constructor: { prototype: {} } }, 0.5),
);

/** A genuine, signed fulfilment event of which one field has the wrong type. */
export const corruptedEvent: fc.Arbitrary<WebhookAttack> = fc
  .tuple(fc.constantFrom(...PLACES), WRONG)
  .filter(([[first], value]) => first !== "created" || typeof value !== "number")
  .map(([place, value]) => signed(replaceAt(event, place, value)));

function replaceAt(target: unknown, [key = "", ...rest]: string[], value: unknown): unknown {
  const record = target as Record<string, unknown>;
  return { ...record, [key]: rest.length > 0 ? replaceAt(record[key], rest, value) : value };
}
