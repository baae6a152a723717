import * as fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createSigningSecretReader } from "#handlers/adapters/secrets-manager/signing-secret.ts";
import { createStripeEventReader } from "#handlers/adapters/stripe/webhook-events.ts";
import { createWebhook } from "#handlers/webhook.ts";
import { webhookEvent } from "#test/support/gateway-events.ts";
import { SIGNING_SECRET, sign, stripeEvent } from "#test/support/stripe-events.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { StartOutcome } from "#workflow/ports/executions.ts";
import { corruptedEvent, forgedRequest, signedJunk, tamperedRequest } from "./webhook-fuzz.ts";

const startExecution = vi.fn<(event: PaymentEvent) => Promise<StartOutcome>>();
const enqueue = vi.fn<(event: PaymentEvent) => Promise<void>>();
let mode: "test" | "live";

const secret = async () => ({ STRIPE_MODE: mode, STRIPE_WEBHOOK_SECRET: [SIGNING_SECRET] });
const webhook = createWebhook({
  events: createStripeEventReader({ current: secret, refreshed: secret }, "bursar"),
  executions: { startExecution },
  overflow: { enqueue },
});

beforeEach(() => {
  mode = "test";
  startExecution.mockReset().mockResolvedValue("started");
  enqueue.mockReset().mockResolvedValue();
});

async function post(body: string | Uint8Array, signature?: string) {
  const answer = await webhook(webhookEvent(body, signature));
  return { status: answer.statusCode ?? 0, body: JSON.parse(answer.body ?? "null") as unknown };
}

function expectNothingStored() {
  expect(startExecution).not.toHaveBeenCalled();
  expect(enqueue).not.toHaveBeenCalled();
}

const payload = stripeEvent();
const signature = sign(payload);
const signedAt = (secondsFromNow: number) =>
  sign(payload, SIGNING_SECRET, Math.floor(Date.now() / 1000) + secondsFromNow);
const [timestamp = "", digest = ""] = signature.split(",");
const digestOf = (secretOfOthers: string) => sign(payload, secretOfOthers).split(",")[1] ?? "";

describe("a request that Stripe did not make as it is", () => {
  test.each<[string, string | Uint8Array, string | undefined]>([
    ["without a signature", payload, undefined],
    ["with a made-up signature", payload, `${timestamp},v1=${"0".repeat(64)}`],
    ["signed with another secret", payload, sign(payload, "whsec_other")],
    ["signed with no secret at all", payload, sign(payload, " ")],
    ["signed with the secret in capitals", payload, sign(payload, SIGNING_SECRET.toUpperCase())],
    ["of the old scheme v0 only", payload, signature.replace("v1=", "v0=")],
    [
      "with several v1, none of them ours",
      payload,
      `${timestamp},${digestOf("whsec_a")},${digestOf("whsec_b")}`,
    ],
    ["whose signature has lost its last digit", payload, signature.slice(0, -1)],
    ["whose signature has lost its timestamp", payload, digest],
    ["whose timestamp is no number", payload, `t=now,${digest}`],
    ["whose timestamp was moved on to now", payload, signedAt(-3600).replace(/t=\d+/, timestamp)],
    ["replayed after its five minutes", payload, signedAt(-301)],
    ["dated an hour ahead", payload, signedAt(3600)],
    ["dated past the tolerance", payload, signedAt(330)],
    ["dated in milliseconds", payload, signedAt(Date.now())],
    ["truncated", payload.slice(0, -1), signature],
    ["with a line break more", `${payload}\n`, signature],
    ["written anew with other spaces", JSON.stringify(JSON.parse(payload), null, 2), signature],
    ["in UTF-16", Buffer.from(payload, "utf16le"), signature],
    ["with the amount altered", payload.replace('"amount_subtotal":4900', '"amount_subtotal":1'), signature],
    ["with the currency altered", payload.replace('"usd"', '"idr"'), signature],
    ["with another student", payload.replaceAll("user-ada", "user-eve"), signature],
    ["with another course", payload.replaceAll("COURSE-003", "COURSE-005"), signature],
    ["with a key written twice", payload.replace('"id":', '"id":"evt_2","id":'), signature],
    ["without a body", "", signature],
    ["whose header is 100 kB of commas", payload, ",".repeat(100_000)],
  ])("%s is refused", async (_what, body, header) => {
    await expect(post(body, header)).resolves.toMatchObject({
      status: 400,
      body: { error: { code: "invalid_signature", requestId: "request-1" } },
    });
    expectNothingStored();
  });

  test("with a body larger than any event is refused unread", async () => {
    await expect(post("x".repeat(257 * 1024), signature)).resolves.toMatchObject({ status: 413 });
    expectNothingStored();
  });
});

test.each([[""], [" "], ["\n"], [","], [["whsec_1", ""]], [[]], [null]])(
  "a stack whose signing secret is %j reads no event at all",
  async (STRIPE_WEBHOOK_SECRET) => {
    const value = { ...(await secret()), STRIPE_WEBHOOK_SECRET };
    const client = { send: async () => ({ SecretString: JSON.stringify(value) }) };
    const events = createStripeEventReader(
      createSigningSecretReader("learnermax/signing-secret", client as never),
      "bursar",
    );
    const empty = sign(
      payload,
      typeof STRIPE_WEBHOOK_SECRET === "string" ? STRIPE_WEBHOOK_SECRET || " " : " ",
    );
    await expect(events.readEvent(Buffer.from(payload), { "stripe-signature": empty })).rejects.toThrow(
      /STRIPE_WEBHOOK_SECRET/,
    );
  },
);

describe("a signed event that must not enroll", () => {
  const event = JSON.parse(payload) as Record<string, unknown>;
  const altered = (changes: object) => JSON.stringify({ ...event, ...changes });

  test.each<[string, string]>([
    ["a thin event", altered({ object: "v2.core.event" })],
    ["a live event where test keys are in use", altered({ livemode: true })],
    ["an event of another Stripe account", altered({ account: "acct_other" })],
    ["an event whose mode is a word", altered({ livemode: "false" })],
    ["an event id that no execution can have as its name", altered({ id: "evt_1/../evt_2" })],
    ["an event id of 81 characters", altered({ id: `evt_${"1".repeat(77)}` })],
    ["an event id that is an object", altered({ id: { toString: "evt_1" } })],
    ["a time of creation that is an object", altered({ created: { toString: 1 } })],
    ["an event of an older API version, of another shape", altered({ data: { session: "cs_test_1" } })],
    ["a list of events", JSON.stringify([event])],
    ["a text", JSON.stringify("checkout.session.completed")],
    [
      "metadata whose student is a list",
      stripeEvent({ session: { metadata: { userId: ["user-ada"], courseId: "TEST-COURSE-003" } } }),
    ],
    ["an amount that is a text", stripeEvent({ session: { amount_subtotal: "4900" } })],
    ["a payment status that Stripe does not have", stripeEvent({ session: { payment_status: "PAID" } })],
  ])("%s is refused", async (_what, body) => {
    await expect(post(body, sign(body))).resolves.toMatchObject({ status: 400 });
    expectNothingStored();
  });

  test("a test event where live keys are in use is refused, and a live one is not", async () => {
    mode = "live";
    await expect(post(payload, signature)).resolves.toMatchObject({ status: 400 });
    expectNothingStored();
    const live = altered({ livemode: true });
    await expect(post(live, sign(live))).resolves.toMatchObject({ status: 200 });
  });

  test.each(["constructor", "__proto__", "toString", "Checkout.Session.Completed", ""])(
    "the event type %j is ignored",
    async (type) => {
      const body = altered({ type });
      await expect(post(body, sign(body))).resolves.toEqual({
        status: 200,
        body: { received: true, ignored: true },
      });
      expectNothingStored();
    },
  );
});

test.each([
  ["another product", { orderId: "42" }],
  ["another deployment", { deployment: "other", userId: "user-ada", courseId: "TEST-COURSE-003" }],
])("a signed sale of %s in the same account enrolls nobody and is no error", async (_what, metadata) => {
  const body = stripeEvent({ session: { metadata } });
  await expect(post(body, sign(body))).resolves.toMatchObject({ status: 200, body: { ignored: true } });
  expectNothingStored();
});

describe("a signed event that is odd and genuine", () => {
  test("of another API version starts the same execution when it says the same", async () => {
    await post(payload, signature);
    const older = payload.replace("2026-10-28.endive", "2024-06-20");
    await expect(post(older, sign(older))).resolves.toMatchObject({ status: 200 });
    expect(startExecution.mock.calls[1]).toEqual(startExecution.mock.calls[0]);
  });

  test("with one of several v1 being ours is accepted, as during a rotation at Stripe", async () => {
    const header = `${timestamp},${digestOf("whsec_a")},${digest},v0=${"0".repeat(64)}`;
    await expect(post(payload, header)).resolves.toMatchObject({ status: 200 });
  });

  test("with keys that would pollute a prototype names no student and pollutes nothing", async () => {
    const polluting =
      '{"deployment":"bursar","__proto__":{"userId":"user-eve","polluted":1},"constructor":{"prototype":{"polluted":1}}}';
    const body = stripeEvent({ session: { metadata: {} } }).replace(
      '"metadata":{}',
      `"metadata":${polluting}`,
    );
    await expect(post(body, sign(body))).resolves.toMatchObject({ status: 200 });
    expect(startExecution.mock.calls[0]?.[0]).toMatchObject({ userId: null, courseId: null });
    expect({}).not.toHaveProperty("polluted");
  });

  test("with letters of every kind keeps them out of its execution, which holds ids only", async () => {
    const body = stripeEvent({ session: { customer_details: { name: "Ада \u202e\ud800 𝄞\u0000" } } });
    await expect(post(body, sign(body))).resolves.toMatchObject({ status: 200 });
    expect(JSON.stringify(startExecution.mock.calls[0]?.[0])).toMatch(/^[\x20-\x7e]*$/);
  });
});

test("of 2,000 made-up requests none is stored, and none is our fault", async () => {
  const request = fc.oneof(forgedRequest, tamperedRequest, signedJunk, corruptedEvent);
  const property = fc.asyncProperty(request, async ({ body, header }) => {
    const { status } = await post(body, header);
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(500);
    expectNothingStored();
  });
  await fc.assert(property, { numRuns: 2_000 });
});
