import { expect, test } from "vitest";
import { PAID_DEBIT, REFUSED_DEBIT, startFixture } from "./stripe-fixture.ts";

test("a debit completes the session unpaid and succeeds later under another event", async () => {
  const { confirm, createSession, decideDebit, deliveriesOf, stripe } = await startFixture({
    knobs: { asyncPaymentDelayMs: 600_000 },
  });
  const session = await createSession();
  await expect(decideDebit(session.id)).rejects.toThrow(`No debit of ${session.id} waits for a bank.`);
  await confirm(session, PAID_DEBIT);
  const waiting = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  expect(waiting).toMatchObject({
    status: "complete",
    payment_status: "unpaid",
    payment_intent: { status: "processing" },
  });

  await decideDebit(session.id);
  await expect.poll(() => deliveriesOf("checkout.session.async_payment_succeeded")).toHaveLength(1);
  const [succeeded] = deliveriesOf("checkout.session.async_payment_succeeded");
  const completed = deliveriesOf("checkout.session.completed").find(
    ({ event }) => (event.data.object as { id: string }).id === session.id,
  );
  expect(succeeded?.event.data.object).toMatchObject({ id: session.id, payment_status: "paid" });
  expect(completed?.event.data.object).toMatchObject({ payment_status: "unpaid" });
  expect(completed?.event.id).not.toBe(succeeded?.event.id);
  const { data: booked } = await stripe.events.list({ type: "charge.updated" });
  const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
  expect(booked.map(({ data }) => data.object)).toMatchObject([{ payment_intent }]);
});

test("a debit that the bank refuses leaves the session complete and unpaid", async () => {
  const { confirm, createSession, deliveriesOf, stripe } = await startFixture();
  const session = await createSession();

  await confirm(session, REFUSED_DEBIT);

  await expect.poll(() => deliveriesOf("checkout.session.async_payment_failed")).toHaveLength(1);
  const refused = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  expect(refused).toMatchObject({
    status: "complete",
    payment_status: "unpaid",
    payment_intent: { status: "requires_payment_method" },
  });
});
