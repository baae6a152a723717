import { beforeEach, describe, expect, test, vi } from "vitest";
import { paymentEvent } from "#test/support/payment-events.ts";
import { paybackEvent, SIGNING_SECRET, sign, stripeEvent } from "#test/support/stripe-events.ts";
import { deliver, enqueue, post, secretOf, secrets, startExecution, useWebhook } from "./use-webhook.ts";

const { countMetric, log } = vi.hoisted(() => ({
  countMetric: vi.fn<(name: string) => void>(),
  log: vi.fn<(message: string, facts?: object) => void>(),
}));
vi.mock("#handlers/telemetry.ts", async (importOriginal) => ({
  ...(await importOriginal<object>()),
  countMetric,
  createLogger: () => ({ info: log, warn: log, error: log }),
}));

useWebhook();
beforeEach(() => {
  countMetric.mockReset();
  log.mockReset();
});

describe("a genuine event", () => {
  test("starts the execution named after it, with ids, amounts and statuses only", async () => {
    await expect(deliver(stripeEvent())).resolves.toEqual({
      status: 200,
      body: { received: true, started: true, eventId: "evt_1" },
    });
    expect(startExecution).toHaveBeenCalledExactlyOnceWith(
      paymentEvent({ occurredAt: "2026-11-18T11:06:40.000Z" }),
    );
  });

  test("gives the same input at every delivery, or the execution would not be idempotent", async () => {
    await deliver(stripeEvent({ pending_webhooks: 1 }));
    await deliver(stripeEvent({ pending_webhooks: 2 }));
    expect(JSON.stringify(startExecution.mock.calls[0])).toBe(JSON.stringify(startExecution.mock.calls[1]));
  });

  test("is understood when API Gateway hands the body over in base64, and with letters beyond ASCII", async () => {
    const payload = stripeEvent({ session: { custom: "Grüße 🎓" } });
    await expect(post(Buffer.from(payload), sign(payload))).resolves.toMatchObject({ status: 200 });
  });

  test("is understood when customer and payment are expanded objects", async () => {
    await deliver(stripeEvent({ session: { customer: { id: "cus_9" }, payment_intent: { id: "pi_9" } } }));
    expect(startExecution.mock.calls[0]?.[0]).toMatchObject({ customerId: "cus_9", paymentIntentId: "pi_9" });
  });

  test.each(["async_payment_succeeded", "async_payment_failed", "expired"])(
    "about %s starts one too",
    async (change) => {
      await deliver(stripeEvent({ type: `checkout.session.${change}` }));
      expect(startExecution.mock.calls[0]?.[0]).toMatchObject({ eventType: `checkout.session.${change}` });
    },
  );

  test("with our name and without ids starts one as well, so that a payment cannot vanish", async () => {
    const session = { metadata: { deployment: "bursar" }, client_reference_id: null };
    await deliver(stripeEvent({ session }));
    expect(startExecution.mock.calls[0]?.[0]).toMatchObject({
      userId: null,
      courseId: null,
      clientReferenceId: null,
    });
  });

  test.each([
    "charge.succeeded",
    "charge.updated",
    "customer.created",
    "payment_intent.created",
    "price.created",
    "product.created",
    "a.type.that.comes.later",
  ])("about anything else is answered 200 and starts nothing: %s", async (type) => {
    await expect(deliver(stripeEvent({ type }))).resolves.toEqual({
      status: 200,
      body: { received: true, ignored: true },
    });
    expect(startExecution).not.toHaveBeenCalled();
  });

  test.each(["redriven", "duplicate"] as const)("that was %s says so", async (outcome) => {
    startExecution.mockResolvedValue(outcome);
    await expect(deliver(stripeEvent())).resolves.toEqual({
      status: 200,
      body: { received: true, [outcome]: true, eventId: "evt_1" },
    });
  });
});

describe("a request that Stripe did not sign", () => {
  const payload = stripeEvent();
  const oldSignature = sign(payload, SIGNING_SECRET, Math.floor(Date.now() / 1000) - 301);

  test.each<[string, string | undefined, string | undefined]>([
    ["without the header", payload, undefined],
    ["with an empty header", payload, ""],
    ["with a header of nonsense", payload, "nonsense"],
    ["signed with another secret", payload, sign(payload, "whsec_other")],
    ["signed too long ago", payload, oldSignature],
    ["altered after signing", payload.replace("4900", "4901"), sign(payload)],
    ["of the old scheme only", payload, sign(payload).replace("v1=", "v0=")],
    ["without a body", undefined, sign(payload)],
  ])("%s is refused and nothing is started", async (_what, body, signature) => {
    const answer = await post(body, signature);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_signature", requestId: "request-1" } },
    });
    expect(startExecution).not.toHaveBeenCalled();
    expect(enqueue).not.toHaveBeenCalled();
  });

  const thin = JSON.stringify({
    id: "evt_1",
    object: "v2.core.event",
    type: "v1.billing.meter.no_meter_found",
  });

  test.each<[string, string, string, RegExp]>([
    ["no JSON", "not json", "unreadable_event", /not an event/],
    ["no event", "[]", "unreadable_event", /not an event/],
    ["null", "null", "unreadable_event", /not an event/],
    ["a thin event", thin, "thin_event", /thin event/],
  ])(
    "a body that is signed but %s is refused for that, and is no forgery",
    async (_what, body, code, message) => {
      const answer = await post(body, sign(body));
      expect(answer).toMatchObject({ status: 400, body: { error: { code } } });
      expect(JSON.stringify(answer.body)).toMatch(message);
      expect(countMetric.mock.calls).toEqual([["EventRefused"]]);
    },
  );

  test("a signed fulfilment event that is no checkout session is refused", async () => {
    await expect(deliver(stripeEvent({ session: { id: 7 } }))).resolves.toMatchObject({ status: 400 });
  });

  test("a body of 300 kB is refused before its signature is looked at", async () => {
    await expect(post("x".repeat(300 * 1024), "any")).resolves.toMatchObject({ status: 413 });
  });
});

describe("while signing secrets are rotated", () => {
  const payload = stripeEvent();

  test.each(["whsec_old", "whsec_new"])("an event signed with %s is accepted", async (secret) => {
    secrets.current = secretOf("whsec_old", "whsec_new");
    await expect(post(payload, sign(payload, secret))).resolves.toMatchObject({ status: 200 });
  });

  test("an event signed with a secret that is newer than the cached one is accepted", async () => {
    secrets.current = secretOf("whsec_old");
    secrets.refreshed = secretOf("whsec_old", "whsec_new");
    await expect(post(payload, sign(payload, "whsec_new"))).resolves.toMatchObject({ status: 200 });
  });
});

describe("when Step Functions does not take the event", () => {
  beforeEach(() => {
    startExecution.mockRejectedValue(new Error("throttled"));
  });

  test("it goes to the overflow queue and Stripe is answered 200", async () => {
    await expect(deliver(stripeEvent())).resolves.toEqual({
      status: 200,
      body: { received: true, queued: true, eventId: "evt_1" },
    });
    expect(enqueue).toHaveBeenCalledExactlyOnceWith(startExecution.mock.calls[0]?.[0]);
  });

  test("and the queue does not either, Stripe is told to deliver again, without a stack trace", async () => {
    enqueue.mockRejectedValue(new Error("queue is away"));
    const answer = await deliver(stripeEvent());
    expect(answer).toMatchObject({ status: 500, body: { error: { code: "not_stored" } } });
    expect(JSON.stringify(answer.body)).not.toMatch(/queue is away| at /);
  });
});

test("every entry of its log bears the id that is in the answer", async () => {
  await deliver(stripeEvent());
  await deliver(paybackEvent("charge.refunded"));
  await post(stripeEvent(), "t=1,v1=forged");
  startExecution.mockRejectedValue(new Error("away"));
  enqueue.mockRejectedValue(new Error("away, too"));
  await deliver(stripeEvent());
  const entries = log.mock.calls.map(([message, facts]) => [
    message,
    (facts as { requestId?: string }).requestId,
  ]);
  expect(entries).toEqual([
    ["started", "request-1"],
    ["queued", "request-1"],
    ["refused", "request-1"],
    ["queued, since the execution could not be started", "request-1"],
    ["nothing could be stored, so Stripe must deliver again", "request-1"],
  ]);
});
