import { DescribeExecutionCommand, GetExecutionHistoryCommand } from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { createLocalSfnClient, followExecution } from "#infra/local/follow-execution.ts";
import { executionArn } from "#infra/local/names.ts";
import { createStandInClient, findCompletedEvent, resendEvent } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { signIn } from "#infra/local/student-session.ts";
import { buy } from "#test/support/checkouts.ts";
import type { StackClients } from "#test/support/stack-clients.ts";
import { purchaseEvent, sign } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const { stack, clients } = useRunningStack();

const finish = (eventId: string) => followExecution(clients.sfn, eventId);

describe("a purchase", () => {
  test("ends in an enrollment that keeps how it was paid, and the next one reuses the customer", async () => {
    const ada = await signIn("ada@example.com", stack);
    await ada.readStudent();

    const first = await buy(ada, "TEST-COURSE-003");
    expect(first.payment).toEqual({ status: "complete" });
    await expect.poll(() => ada.readCheckout(first.checkoutSessionId)).toMatchObject({ stage: "enrolled" });
    const event = await findCompletedEvent(stack.stripeUrl, first.checkoutSessionId);
    await expect(finish(event.id)).resolves.toMatchObject({ status: "SUCCEEDED", name: event.id });

    const { enrollment } = await ada.checkEnrollment("TEST-COURSE-003");
    expect(enrollment).toMatchObject({
      enrollmentType: "paid",
      paymentStatus: "completed",
      stripeSessionId: first.checkoutSessionId,
      stripePaymentIntentId: expect.stringMatching(/^pi_/) as string,
    });
    const { stripeCustomerId } = await ada.readStudent();
    expect(stripeCustomerId).toMatch(/^cus_/);

    const second = await buy(ada, "TEST-COURSE-005");
    await expect.poll(() => ada.readCheckout(second.checkoutSessionId)).toMatchObject({ stage: "enrolled" });
    const session = await createStandInClient(stack.stripeUrl).checkout.sessions.retrieve(
      second.checkoutSessionId,
    );
    expect(session.customer).toBe(stripeCustomerId);
    expect((await ada.readStudent()).stripeCustomerId).toBe(stripeCustomerId);
  });

  test("by a card that is declined leaves the session payable and nobody enrolled", async () => {
    const grace = await signIn("grace@example.com", stack);
    const { payment, checkoutSessionId } = await buy(grace, "TEST-COURSE-003", CARDS.declined);
    expect(payment).toMatchObject({
      status: "declined",
      message: expect.stringMatching(/declined/i) as string,
    });
    await expect(grace.readCheckout(checkoutSessionId)).resolves.toMatchObject({
      stage: "open",
      enrolled: false,
    });
  });

  test("is as unknown to another student as one that does not exist", async () => {
    const grace = await signIn("grace@example.com", stack);
    const alan = await signIn("alan@example.com", stack);
    const { checkoutSessionId } = await buy(grace, "TEST-COURSE-005", CARDS.declined);
    await expect(alan.readCheckout(checkoutSessionId)).rejects.toThrow(/404/);
  });
});

describe("a webhook event", () => {
  test("delivered ten times at once gives one execution with its history, and one enrollment", async () => {
    const alan = await signIn("alan@example.com", stack);
    const { userId } = await alan.readStudent();
    const payload = purchaseEvent("ten", { userId });
    const answers = await Promise.all(Array.from({ length: 10 }, () => clients.postWebhook(payload)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));

    await expect(finish("evt_ten")).resolves.toMatchObject({ status: "SUCCEEDED", redriveCount: 0 });
    const { events = [] } = await clients.sfn.send(
      new GetExecutionHistoryCommand({ executionArn: executionArn("evt_ten") }),
    );
    const entered = events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
    expect(entered).toEqual([
      "ValidateSession",
      "IsPaymentSettled",
      "WriteEnrollment",
      "LinkCustomer",
      "Enrolled",
    ]);
    const { enrollment } = await alan.checkEnrollment("TEST-COURSE-003");
    expect(enrollment).toMatchObject({ stripeSessionId: "cs_test_ten" });
  });

  test("keeps personal data out of the execution", async () => {
    await clients.deliver(purchaseEvent("private"));
    const { input, output, cause } = await finish("evt_private");
    expect(input).toContain("cs_test_private");
    expect(`${input}${output}${cause}`).not.toMatch(/@|Lovelace|secret/);
  });

  test.each<[string, (payload: string) => Parameters<StackClients["postWebhook"]>]>([
    ["a wrong signature", (payload) => [payload, sign(payload, "whsec_wrong")]],
    ["no signature", (payload) => [payload, ""]],
    ["an old timestamp", (payload) => [payload, sign(payload, undefined, 1_700_000_000)]],
    ["an altered body", (payload) => [`${payload} `, sign(payload)]],
    ["300 kB", () => ["x".repeat(300 * 1024)]],
    ["garbage", () => ["garbage"]],
  ])("with %s is refused and starts nothing", async (what, request) => {
    const name = `refused_${what.replaceAll(" ", "_")}`;
    const { status } = await clients.postWebhook(...request(purchaseEvent(name)));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    await expect(
      clients.sfn.send(new DescribeExecutionCommand({ executionArn: executionArn(`evt_${name}`) })),
    ).rejects.toMatchObject({ name: "ExecutionDoesNotExist" });
  });

  test("that Stripe sends again is a duplicate once the student is enrolled", async () => {
    const katherine = await signIn("katherine@example.com", stack);
    const { checkoutSessionId } = await buy(katherine, "TEST-COURSE-003");
    const { id } = await findCompletedEvent(stack.stripeUrl, checkoutSessionId);
    await finish(id);
    await expect(resendEvent(stack.stripeUrl, id)).resolves.toMatch(/^200 .*duplicate/);
  });
});

test("anyone with the AWS SDK sees the executions at the endpoint", async () => {
  await clients.deliver(purchaseEvent("seen"));
  await finish("evt_seen");
  const sfn = createLocalSfnClient(stack);
  await expect(
    sfn.send(new DescribeExecutionCommand({ executionArn: executionArn("evt_seen") })),
  ).resolves.toMatchObject({ name: "evt_seen" });
  sfn.destroy();
});
