import { DescribeExecutionCommand } from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { executionArn } from "#infra/local/names.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import {
  buy,
  type Checkout,
  newStudent,
  openSessionElsewhere,
  startCheckout,
  turnKnobs,
} from "#test/support/checkouts.ts";
import { deadLettersOf, eventsOf, SOON, statesOf } from "#test/support/purchase-history.ts";
import { stripeEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const COURSE = "TEST-COURSE-003";

const { stack, clients } = useRunningStack();

describe("a checkout that ends without a payment", () => {
  test("is closed when it expires, and the next one is another", async () => {
    const student = await newStudent("expires", stack);
    const { checkoutSessionId } = await startCheckout(student, COURSE);
    await createStandInClient(stack.stripeUrl).checkout.sessions.expire(checkoutSessionId);
    await expect
      .poll(() => clients.readItem(`USER#${student.userId}`, `CHECKOUT#${COURSE}`), SOON)
      .toHaveProperty("closedAt");
    const [expired] = await eventsOf(stack, checkoutSessionId);
    await expect(statesOf(clients, expired?.id ?? "")).resolves.toEqual([
      "ValidateSession",
      "IsPaymentSettled",
      "CloseCheckout",
      "CheckoutClosed",
    ]);
    const next = await startCheckout(student, COURSE);
    expect(next.checkoutSessionId).not.toBe(checkoutSessionId);
    // The late news of the old one must not close the new one.
    await clients.deliver(
      stripeEvent({
        id: "evt_late_expiry",
        type: "checkout.session.expired",
        session: {
          id: checkoutSessionId,
          payment_status: "unpaid",
          metadata: { userId: student.userId, courseId: COURSE },
        },
      }),
    );
    await expect(statesOf(clients, "evt_late_expiry")).resolves.toContain("CheckoutClosed");
    await expect(startCheckout(student, COURSE)).resolves.toEqual(next);
  });

  test.each([
    ["an odd course", { userId: "user-ada", courseId: "漢".repeat(500) }],
    ["somebody else's", { userId: "user-grace", courseId: COURSE }],
  ])("raises no alarm when its metadata is %s", async (what, metadata) => {
    const id = `evt_odd_${what.replaceAll(/\W/g, "_")}`;
    const session = { id: `cs_test_${id}`, payment_status: "unpaid", status: "expired", metadata };
    await clients.deliver(stripeEvent({ id, type: "checkout.session.expired", session }));
    await expect(statesOf(clients, id)).resolves.toContain("CheckoutClosed");
    await expect(
      clients.sfn.send(new DescribeExecutionCommand({ executionArn: executionArn(id) })),
    ).resolves.toMatchObject({ status: "SUCCEEDED" });
  });
});

describe("a webhook that never arrives", () => {
  test("is made up for by the student's return page, in seconds", async () => {
    const student = await newStudent("lost-webhook", stack);
    const checkout = await startCheckout(student, COURSE);
    await turnKnobs(stack, { dropDeliveries: true });
    await student.payByCard(checkout.checkoutSessionId, checkout.clientSecret, CARDS.good);
    await turnKnobs(stack, { dropDeliveries: false });

    await expect(student.readCheckout(checkout.checkoutSessionId)).resolves.toMatchObject({
      status: "complete",
      paymentStatus: "paid",
      courseId: COURSE,
      enrolled: false,
      stage: "paid",
    });
    await expect
      .poll(() => student.readCheckout(checkout.checkoutSessionId), SOON)
      .toMatchObject({ stage: "enrolled" });
    await expect(statesOf(clients, checkout.checkoutSessionId)).resolves.toEqual([
      "ValidateSession",
      "IsPaymentSettled",
      "WriteEnrollment",
      "LinkCustomer",
      "Enrolled",
    ]);
    expect((await student.readStudent()).stripeCustomerId).toMatch(/^cus_/);

    // The webhook comes after all: the same purchase, and nothing to do.
    const [completed] = await eventsOf(stack, checkout.checkoutSessionId);
    await fetch(`${stack.stripeUrl}/_bursar/events/${completed?.id}/resend`, { method: "POST" });
    await expect(statesOf(clients, completed?.id ?? "")).resolves.toContain("Enrolled");
  });
});

describe("a course that is paid twice", () => {
  test("leaves a dead letter with both payments, and the student sees that it was noticed", async () => {
    const student = await newStudent("pays-twice", stack);
    const first = await buy(student, COURSE);
    await expect
      .poll(() => student.readCheckout(first.checkoutSessionId), SOON)
      .toMatchObject({ stage: "enrolled" });
    const second = await openSessionElsewhere(stack, student.userId, COURSE);
    await student.payByCard(second.checkoutSessionId, second.clientSecret, CARDS.good);

    await expect
      .poll(() => student.readCheckout(second.checkoutSessionId), SOON)
      .toMatchObject({
        stage: "needs_attention",
        enrolled: true,
      });
    const { checkout } = createStandInClient(stack.stripeUrl);
    const paymentOf = async ({ checkoutSessionId }: Checkout) =>
      (await checkout.sessions.retrieve(checkoutSessionId)).payment_intent as string;
    await statesOf(clients, (await eventsOf(stack, second.checkoutSessionId))[0]?.id ?? "");
    const [letter] = await deadLettersOf(clients, second.checkoutSessionId);
    expect(letter).toMatchObject({ error: "DoublePayment", userId: student.userId, courseId: COURSE });
    expect(letter?.cause).toContain(await paymentOf(first));
    expect(letter?.cause).toContain(await paymentOf(second));
    await expect(student.readCheckout(first.checkoutSessionId)).resolves.toMatchObject({ stage: "enrolled" });
  });

  test("is prevented where it can be: the other open session is expired at Stripe", async () => {
    const student = await newStudent("two-sessions", stack);
    const left = await startCheckout(student, COURSE);
    const paid = await openSessionElsewhere(stack, student.userId, COURSE);
    await student.payByCard(paid.checkoutSessionId, paid.clientSecret, CARDS.good);
    const { checkout } = createStandInClient(stack.stripeUrl);
    await expect
      .poll(async () => (await checkout.sessions.retrieve(left.checkoutSessionId)).status, SOON)
      .toBe("expired");
    await expect(student.enroll(COURSE)).resolves.toMatchObject({ status: "active" });
  });
});
