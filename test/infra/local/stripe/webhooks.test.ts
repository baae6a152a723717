import { spawn } from "node:child_process";
import { once } from "node:events";
import { Stripe } from "stripe";
import { expect, onTestFinished, test } from "vitest";
import { startStripeStandIn } from "#infra/local/stripe/stand-in.ts";
import { makeDataDir, PAID_DEBIT, SIGNING_SECRET, startFixture, startReceiver } from "./stripe-fixture.ts";

const COMPLETED = "checkout.session.completed";

test.each([500, 404, 302])(
  "an event is delivered again after %i until a 2xx, signed anew",
  async (status) => {
    const { confirm, createSession, deliveriesOf, listEvents, receiver } = await startFixture();
    receiver.status = status;

    await confirm(await createSession());
    await expect.poll(() => deliveriesOf(COMPLETED).length).toBeGreaterThan(2);
    receiver.status = 200;

    await expect.poll(async () => (await listEvents()).every(({ delivered }) => delivered)).toBe(true);
    const view = (await listEvents()).find(({ event }) => event.type === COMPLETED);
    expect(view?.event.pending_webhooks).toBe(0);
    expect(view?.attempts[0]).toMatchObject({
      status: 200,
      responseBody: "answered 200",
      nextAttemptAt: null,
    });
    expect(view?.attempts.at(-1)).toMatchObject({ status, nextAttemptAt: expect.any(String) });
    for (const { body, signature } of deliveriesOf(COMPLETED)) {
      expect(Stripe.webhooks.constructEvent(body, signature, SIGNING_SECRET).type).toBe(COMPLETED);
    }
  },
);

test("an attempt without an answer is recorded with its reason", async () => {
  const dataDir = await makeDataDir();
  const standIn = await startStripeStandIn({
    port: 0,
    dataDir,
    secretKey: "sk_test_1",
    publishableKey: "pk_test_1",
    webhook: { url: "http://127.0.0.1:1/", secret: SIGNING_SECRET },
  });
  onTestFinished(() => standIn.close());
  const stripe = new Stripe("sk_test_1", { host: "localhost", port: standIn.port, protocol: "http" });

  await stripe.customers.create({ email: "ada@example.com" });

  const attempts = async () => {
    const response = await fetch(`${standIn.url}/_bursar/events`);
    const { events } = (await response.json()) as { events: { attempts: object[] }[] };
    return events[0]?.attempts;
  };
  await expect.poll(attempts).toMatchObject([{ status: null, error: expect.stringMatching(/\w/) }]);
});

test("undelivered events are delivered after a restart", async () => {
  const fixture = await startFixture({ knobs: { paused: true } });
  await fixture.confirm(await fixture.createSession());

  await fixture.restart();

  await expect.poll(() => fixture.deliveriesOf(COMPLETED)).toHaveLength(1);
});

test("undelivered events survive kill -9", async () => {
  const receiver = await startReceiver();
  receiver.status = 503;
  const options = {
    port: 0,
    dataDir: await makeDataDir(),
    secretKey: "sk_test_1",
    publishableKey: "pk_test_1",
    webhook: { url: receiver.url, secret: SIGNING_SECRET },
    retryDelaysMs: [10],
  };
  const standInModule = new URL("../../../../infra/local/stripe/stand-in.ts", import.meta.url).href;
  const program = `
    import { startStripeStandIn } from ${JSON.stringify(standInModule)};
    const { port } = await startStripeStandIn(${JSON.stringify(options)});
    process.send(port);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [port] = (await once(child, "message")) as [number];
  const stripe = new Stripe("sk_test_1", { host: "localhost", port, protocol: "http", telemetry: false });
  const customer = await stripe.customers.create({ email: "ada@example.com" });
  await expect.poll(() => receiver.deliveries.length).toBeGreaterThan(0);

  child.kill("SIGKILL");
  await once(child, "exit");
  receiver.status = 200;
  receiver.deliveries.length = 0;
  const standIn = await startStripeStandIn(options);
  onTestFinished(() => standIn.close());

  await expect
    .poll(() => receiver.deliveries.map(({ event }) => event.data.object))
    .toMatchObject([customer]);
});

test("duplicates of every event are delivered when the knob asks for them", async () => {
  const { confirm, createSession, deliveriesOf } = await startFixture({ knobs: { duplicates: 2 } });

  await confirm(await createSession());

  await expect.poll(() => deliveriesOf(COMPLETED)).toHaveLength(3);
  expect(new Set(deliveriesOf(COMPLETED).map(({ event }) => event.id)).size).toBe(1);
});

test("paused deliveries wait and go out when the pause ends", async () => {
  const { confirm, createSession, deliveredTypes, deliveriesOf, stripe, turnKnobs } = await startFixture({
    knobs: { paused: true },
  });
  const session = await createSession();
  await confirm(session, PAID_DEBIT);
  // The clock goes on, so by the time the debit is settled a delivery would long have arrived.
  const paymentStatus = async () => (await stripe.checkout.sessions.retrieve(session.id)).payment_status;
  await expect.poll(paymentStatus).toBe("paid");
  expect(deliveredTypes()).toEqual([]);

  await turnKnobs({ paused: false });

  await expect.poll(() => deliveriesOf(COMPLETED)).toHaveLength(1);
});

test("a dropped event is never delivered, until it is resent", async () => {
  const { confirm, createSession, listEvents, receiver, resend, turnKnobs } = await startFixture({
    knobs: { dropDeliveries: true },
  });
  await confirm(await createSession());
  await turnKnobs({ dropDeliveries: false });
  const dropped = (await listEvents()).find(({ event }) => event.type === COMPLETED);
  expect(dropped).toMatchObject({ delivered: false, attempts: [] });

  await resend(dropped?.event.id ?? "");

  await expect.poll(() => receiver.deliveries.map(({ event }) => event.id)).toEqual([dropped?.event.id]);
});

test("a webhook hears of what it asks for, and of whatever is resent to it", async () => {
  const { confirm, createSession, deliveredTypes, listEvents, resend } = await startFixture({
    enabledEvents: [COMPLETED],
  });
  await confirm(await createSession());
  await expect.poll(deliveredTypes).toEqual([COMPLETED]);
  const other = (await listEvents()).find(({ event }) => event.type === "charge.succeeded");
  expect(other).toMatchObject({ event: { pending_webhooks: 0 }, attempts: [] });

  await resend(other?.event.id ?? "");

  await expect.poll(deliveredTypes).toEqual([COMPLETED, "charge.succeeded"]);
});

test("a resend delivers an event again that was already delivered", async () => {
  const { confirm, createSession, deliveriesOf, listEvents, resend } = await startFixture();
  await confirm(await createSession());
  await expect.poll(async () => (await listEvents()).every(({ delivered }) => delivered)).toBe(true);
  const [first] = deliveriesOf(COMPLETED);

  await resend(first?.event.id ?? "");

  await expect.poll(() => deliveriesOf(COMPLETED)).toHaveLength(2);
  expect(deliveriesOf(COMPLETED)[1]?.event).toEqual({ ...first?.event, pending_webhooks: 0 });
});

test("many events at once are each delivered once", async () => {
  const { receiver, stripe } = await startFixture();

  await Promise.all(Array.from({ length: 120 }, () => stripe.customers.create({ email: "a@example.com" })));

  await expect.poll(() => receiver.deliveries.length, { timeout: 20_000 }).toBe(120);
  expect(new Set(receiver.deliveries.map(({ event }) => event.id)).size).toBe(120);
});
