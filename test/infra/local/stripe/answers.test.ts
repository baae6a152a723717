import { fileURLToPath } from "node:url";
import { Ajv, type AnySchemaObject } from "ajv";
import type Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { schemaOf } from "#infra/local/stripe/generate-schemas.ts";
import { CARD, PAID_DEBIT, purchase, REFUSED_DEBIT, startFixture } from "./stripe-fixture.ts";

const ajv = new Ajv({ strict: false, allErrors: true });

beforeAll(() => {
  const types = fileURLToPath(new URL("answer-types.ts", import.meta.url));
  ajv.addSchema(schemaOf(types, "AnswerTypes") as AnySchemaObject, "answers");
}, 120_000);

/** @returns what is missing, unknown or of the wrong type, as `charge /paid must be boolean` */
function findingsIn(answers: object[]): string[] {
  return answers.flatMap((parsed) => {
    // The SDK makes objects of decimals; what it got is text.
    const answer = JSON.parse(JSON.stringify(parsed)) as { object: string };
    const { object } = answer;
    const validate = ajv.getSchema(`answers#/properties/${object}`);
    if (!validate) return [`${object} has no schema`];
    if (validate(answer)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [object, instancePath, message, JSON.stringify(params)].join(" "),
    );
  });
}

test("everything that the API answers and every event is as the SDK types it", async () => {
  const fixture = await startFixture();
  const { closeDispute, confirm, createSession, openDispute, refund, sellElsewhere, stripe } = fixture;
  const buy = async (paymentMethod: object = CARD, more: object = {}) => {
    const session = await createSession();
    await confirm(session, paymentMethod, more);
    return session.id;
  };

  const won = await openDispute(await buy());
  await closeDispute(won.id, "won");
  await closeDispute(
    (await openDispute(await buy({ ...CARD, number: "378282246310005", cvc: "1234" }))).id,
    "lost",
  );
  const refunded = await buy();
  await refund(refunded, 100);
  await refund(refunded);
  for (const number of [CARDS.declined, CARDS.authenticated]) await buy({ ...CARD, number });
  await buy({ ...CARD, number: CARDS.authenticated }, { threeDSecure: "fail" });
  await buy({ ...CARD, number: CARDS.authenticated }, { threeDSecure: "complete" });
  const debit = await buy(PAID_DEBIT);
  await buy(REFUSED_DEBIT);
  await stripe.checkout.sessions.expire((await createSession()).id);
  await sellElsewhere();
  await stripe.customers.create({ email: "ada@example.com", name: "Ada", metadata: { userId: "1" } });
  await stripe.products.create({ name: "A course", description: "About it" });
  const types = async () => (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
  await expect
    .poll(types)
    .toEqual(
      expect.arrayContaining([
        "checkout.session.async_payment_failed",
        "checkout.session.async_payment_succeeded",
      ]),
    );
  await refund(debit);

  const events = await readAll(stripe.events);
  const answers = [
    ...events,
    ...events.map(({ data }) => data.object),
    ...(await readAll(stripe.charges)),
    ...(await readAll(stripe.checkout.sessions)),
    ...(await readAll(stripe.customers)),
    ...(await readAll(stripe.disputes)),
    ...(await readAll(stripe.paymentIntents)),
    ...(await readAll(stripe.prices)),
    ...(await readAll(stripe.products)),
    ...(await readAll(stripe.refunds)),
    ...(await stripe.disputes.retrieve(won.id)).balance_transactions,
    ...(await stripe.checkout.sessions.listLineItems(refunded)).data,
    await stripe.balance.retrieve(),
  ];

  expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThan(15);
  expect(answers.length).toBeGreaterThan(100);
  expect(findingsIn(answers)).toEqual([]);
});

test.each<[string, (charge: Record<string, unknown>) => void, string]>([
  ["lacks a field", (charge) => delete charge["paid"], "required property 'paid'"],
  ["has a field too many", (charge) => Object.assign(charge, { colour: "blue" }), "additional properties"],
  ["has a field of the wrong type", (charge) => Object.assign(charge, { amount: "4900" }), "must be integer"],
  [
    "has half a card",
    (charge) => Object.assign(charge, { payment_method_details: { card: {} } }),
    "required",
  ],
])("a charge that %s is found", async (_what, spoil, finding) => {
  const { confirm, createSession, stripe } = await startFixture();
  await confirm(await createSession(purchase));
  const [charge] = (await stripe.charges.list()).data;
  expect(findingsIn([charge ?? {}])).toEqual([]);

  const spoiled = { ...charge };
  spoil(spoiled);

  expect(findingsIn([spoiled]).join("\n")).toContain(finding);
});

interface Listing<T> {
  list(parameters: Stripe.PaginationParams): AsyncIterable<T>;
}

async function readAll<T>(listing: Listing<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of listing.list({ limit: 100 })) all.push(one);
  return all;
}
