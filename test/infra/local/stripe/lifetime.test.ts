import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "#infra/local/storage/database.ts";
import { CLOCK } from "#infra/local/stripe/checkout/clock-task.ts";
import { IBANS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { startStripeStandIn } from "#infra/local/stripe/stand-in.ts";
import { schedule } from "#infra/local/stripe/store/agenda.ts";
import { makeDataDir, startFixture } from "./stripe-fixture.ts";

const KEYS = { port: 0, secretKey: "sk_test_1", publishableKey: "pk_test_1" };

test("an expired session tells so, cannot be paid and cannot expire twice", async () => {
  const { confirm, createSession, deliveriesOf, stripe } = await startFixture();
  const session = await createSession();

  const expired = await stripe.checkout.sessions.expire(session.id);

  expect(expired).toMatchObject({ status: "expired", client_secret: null });
  await expect.poll(() => deliveriesOf("checkout.session.expired")).toHaveLength(1);
  expect(await confirm(session)).toMatchObject({
    status: 400,
    body: { error: { code: "checkout_session_expired" } },
  });
  await expect(stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ statusCode: 400 });
});

test("a complete session cannot be expired", async () => {
  const { confirm, createSession, stripe } = await startFixture();
  const session = await createSession();
  await confirm(session);

  await expect(stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({
    message: expect.stringContaining("status of complete"),
  });
});

test("a session expires by itself when its time has come, unless it is paid", async () => {
  const fixture = await startFixture();
  const [open, paid] = [await fixture.createSession(), await fixture.createSession()];
  await fixture.confirm(paid);
  await fixture.standIn.close();
  await makeClockTasksDue(fixture.dataDir);

  await fixture.restart();

  await expect.poll(() => fixture.deliveriesOf("checkout.session.expired")).toHaveLength(1);
  const { sessions } = fixture.stripe.checkout;
  expect(await sessions.retrieve(open.id)).toMatchObject({ status: "expired" });
  expect(await sessions.retrieve(paid.id)).toMatchObject({ status: "complete" });
});

test("a session that is no longer open leaves the list of open ones", async () => {
  const { createSession, dataDir, standIn, stripe } = await startFixture();
  await stripe.checkout.sessions.expire((await createSession()).id);
  await standIn.close();
  const database = await openDatabase(dataDir);
  const keys: string[] = [];
  const range = { gt: "checkout_session.status/", lt: "checkout_session.status/~" };
  for await (const key of database.keys(range)) keys.push(key);
  await database.close();

  expect(keys).toEqual([expect.stringMatching(/^checkout_session\.status\/expired\//)]);
});

test("a debit settles after a restart in the middle", async () => {
  const fixture = await startFixture({ knobs: { asyncPaymentDelayMs: 500 } });
  const session = await fixture.createSession();
  await fixture.confirm(session, { type: "sepa_debit", iban: IBANS.paying });

  await fixture.restart();

  const paymentStatus = async () =>
    (await fixture.stripe.checkout.sessions.retrieve(session.id)).payment_status;
  await expect.poll(paymentStatus, { timeout: 5_000 }).toBe("paid");
});

test("data that another process has open is refused in one sentence", async () => {
  const { dataDir } = await startFixture();

  await expect(startStripeStandIn({ ...KEYS, dataDir })).rejects.toThrow(/Another process is using the data/);
});

test("damaged data is refused in one sentence that says how to start empty", async () => {
  const fixture = await startFixture();
  await fixture.standIn.close();
  await writeFile(join(fixture.dataDir, "CURRENT"), "nonsense");

  const starting = startStripeStandIn({ ...KEYS, dataDir: fixture.dataDir });

  await expect(starting).rejects.toThrow(/npm start -- --fresh/);
});

test("a port that is taken is refused in one sentence, and the data is released", async () => {
  const { standIn } = await startFixture();
  const dataDir = await makeDataDir();

  const starting = startStripeStandIn({ ...KEYS, port: standIn.port, dataDir });

  await expect(starting).rejects.toThrow(/Port \d+ is taken/);
  const again = await startStripeStandIn({ ...KEYS, dataDir });
  await again.close();
});

/** As if the stand-in had been off until after the sessions' expiry. */
async function makeClockTasksDue(dataDir: string): Promise<void> {
  const database = await openDatabase(dataDir);
  for await (const [key, task] of database.iterator({ gt: `agenda.${CLOCK}/`, lt: `agenda.${CLOCK}/~` })) {
    await database.batch([{ type: "del", key }, schedule(CLOCK, Date.now(), task)]);
  }
  await database.close();
}
