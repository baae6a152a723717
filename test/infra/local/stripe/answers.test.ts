import { fileURLToPath } from "node:url";
import { Ajv, type AnySchemaObject } from "ajv";
import type Stripe from "stripe";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { schemaOf } from "#infra/local/stripe/generate-schemas.ts";
import { type Exchange, startRecorder } from "#test/support/record-exchanges.ts";
import { runStripeFlows } from "#test/support/stripe-flows.ts";
import { clientWith, purchase, SECRET_KEY, startFixture } from "./stripe-fixture.ts";

const ajv = new Ajv({ strict: false, allErrors: true });

beforeAll(() => {
  const types = fileURLToPath(new URL("answer-types.ts", import.meta.url));
  ajv.addSchema(schemaOf(types, "AnswerTypes") as AnySchemaObject, "answers");
}, 120_000);

interface Answer {
  object: string;
  data?: unknown;
  deleted?: boolean;
  lines?: { data: Answer[] };
}

/** @returns what is missing, unknown or of the wrong type, as `charge /paid must be boolean` */
function findingsIn(answer: Answer): string[] {
  const kind = answer.deleted ? `${answer.object} deleted` : answer.object;
  return [...findingsAs(kind, answer), ...partsOf(answer).flatMap(findingsIn)];
}

function findingsAs(kind: string, answer: unknown): string[] {
  const validate = ajv.getSchema(`answers#/properties/${kind.replaceAll(" ", "%20")}`);
  if (!validate) return [`${kind} has no schema`];
  if (validate(answer)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [kind, instancePath, message, JSON.stringify(params)].join(" "),
  );
}

/** A list has objects, an event has one, and an invoice has lines. */
function partsOf({ object, data, lines }: Answer): Answer[] {
  if (object === "invoice") return lines?.data ?? [];
  if (object === "list") return data as Answer[];
  return object === "event" ? [(data as { object: Answer }).object] : [];
}

/** With what it has in place of ids it is no longer of the type that is judged here; its parts are on other pages. */
const isExpanded = ({ path, requestBody }: Exchange) => `${path}${requestBody}`.includes("expand");

test("whatever the API answers, and every event, is as the SDK types it", { timeout: 120_000 }, async () => {
  const { standIn } = await startFixture();
  const { close, exchanges, url } = await startRecorder(standIn.url);
  onTestFinished(close);
  await runStripeFlows({ url, stripe: clientWith({ port: Number(new URL(url).port) }, SECRET_KEY) });

  const judged = exchanges.filter((exchange) => exchange.path.startsWith("/v1/") && !isExpanded(exchange));
  const answers = judged.filter(({ status }) => status < 400).map(({ body }) => body as Answer);
  const refusals = judged.filter(({ status }) => status >= 400).map(({ body }) => body);

  expect(answers.length).toBeGreaterThan(100);
  expect(refusals.length).toBeGreaterThan(20);
  expect(new Set(answers.flatMap(findingsIn))).toEqual(new Set());
  expect(new Set(refusals.flatMap((body) => findingsAs("refusal", body)))).toEqual(new Set());
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
  const charge = (await stripe.charges.list()).data[0] as Stripe.Charge;
  expect(findingsIn(charge)).toEqual([]);

  const spoiled = { ...charge };
  spoil(spoiled);

  expect(findingsIn(spoiled).join("\n")).toContain(finding);
});
