import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { DEAD_LETTER_QUEUE_NAME, queueUrl } from "#infra/local/names.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { buy, newStudent, openSessionElsewhere, startCheckout, turnKnobs } from "#test/support/checkouts.ts";
import { paidCourse, student as someStudent } from "#test/support/payment-events.ts";
import { endpointsOf, runNpmCommand } from "#test/support/run-npm-command.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const COURSE = "TEST-COURSE-003";
/** Milliseconds; every command is a process of its own. */
const PATIENT = 120_000;

const { stack, clients } = useRunningStack();

describe("npm run reconcile", () => {
  const reconcile = (...words: string[]) => runNpmCommand("reconcile", words, endpointsOf(stack));

  test("finds what a lost webhook left, repairs it, and then agrees", { timeout: PATIENT }, async () => {
    const [payer, leaver, owner] = [
      await newStudent("paid-unheard", stack),
      await newStudent("left-unheard", stack),
      await newStudent("has-it-already", stack),
    ];
    await turnKnobs(stack, { dropDeliveries: true });
    const paid = await buy(payer, COURSE);
    const left = await startCheckout(leaver, COURSE);
    await createStandInClient(stack.stripeUrl).checkout.sessions.expire(left.checkoutSessionId);
    await turnKnobs(stack, { dropDeliveries: false });
    const owned = await buy(owner, COURSE);
    await expect.poll(() => owner.readCheckout(owned.checkoutSessionId)).toMatchObject({ stage: "enrolled" });
    const payable = await openSessionElsewhere(stack, owner.userId, COURSE);

    const found = await reconcile("--since", "1h", "--json");
    expect(found.code).toBe(3);
    const { drift } = JSON.parse(found.stdout) as { drift: { kind: string; checkoutSessionId: string }[] };
    expect(Object.fromEntries(drift.map(({ checkoutSessionId, kind }) => [checkoutSessionId, kind]))).toEqual(
      {
        [paid.checkoutSessionId]: "paid-not-enrolled",
        [left.checkoutSessionId]: "not-started",
        [payable.checkoutSessionId]: "still-payable",
      },
    );
    await expect(payer.checkEnrollment(COURSE)).resolves.toMatchObject({ enrolled: false });

    const repaired = await reconcile("--repair", "--because", "the webhook was lost");
    expect(repaired.code).toBe(3);
    expect(repaired.stdout).toMatch(/paid-not-enrolled.*started, mended/);
    expect(repaired.stdout).toMatch(/not-started.*started, mended/);
    expect(repaired.stdout).toMatch(/still-payable.*expired, mended/);
    await expect(payer.checkEnrollment(COURSE)).resolves.toMatchObject({
      enrolled: true,
      enrollment: { stripeSessionId: paid.checkoutSessionId },
    });

    const { code, stdout } = await reconcile();
    expect(stdout).toMatch(/and 2 enrollments: they agree/);
    expect(code).toBe(0);
  });

  test("exits with 1 and one sentence when it cannot look", { timeout: PATIENT }, async () => {
    const unreachable = { ...stack, stripeUrl: "http://localhost:1" };
    const { code, stderr } = await runNpmCommand("reconcile", [], endpointsOf(unreachable));
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(/^.+$/);
  });
});

describe("npm run dead-letters", () => {
  const deadLetters = (...words: string[]) => runNpmCommand("dead-letters", words, endpointsOf(stack));
  const countDeadLetters = async () => {
    const { Attributes } = await clients.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: queueUrl(stack.awsUrl, DEAD_LETTER_QUEUE_NAME),
        AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
      }),
    );
    return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
  };
  const courseFor = (name: string) => ({ ...paidCourse, courseId: `COURSE-${name}` });

  /** Fails for want of its course. */
  async function failPurchase(name: string) {
    await clients.putItem(studentItem({ ...someStudent, userId: `user-${name}` }));
    await clients.deliver(purchaseEvent(name, { courseId: `COURSE-${name}` }));
    const { status } = await followExecution(clients.sfn, `evt_${name}`);
    expect(status).toBe("FAILED");
  }

  test("shows first, redrives the chosen ones, and deletes a letter only after its purchase went through", {
    timeout: PATIENT,
  }, async () => {
    for (const name of ["one", "two"]) await failPurchase(name);
    const shown = await deadLetters("redrive", "--all");
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/CourseNotFound.*user-two.*COURSE-two.*cs_test_two.*evt_two/);
    expect(shown.stdout).toMatch(/would redrive 2 of them/);
    expect(await countDeadLetters()).toBe(2);

    await clients.putItem(courseItem(courseFor("one")));
    const chosen = await deadLetters(
      "redrive",
      "--error",
      "CourseNotFound",
      "--since",
      "1h",
      "--because",
      "the course is back",
      "--yes",
      "--json",
    );
    expect(chosen.code).toBe(3);
    const { redriven } = JSON.parse(chosen.stdout) as {
      redriven: { executionName: string; outcome: string }[];
    };
    expect(
      Object.fromEntries(redriven.map(({ executionName, outcome }) => [executionName, outcome])),
    ).toEqual({ evt_one: "succeeded", evt_two: "failed" });
    await expect(clients.readItem("USER#user-one", "ENROLLMENT#COURSE-one")).resolves.toBeDefined();
    // The one that failed again has kept its letter and got another.
    expect(await countDeadLetters()).toBe(2);

    await clients.putItem(courseItem(courseFor("two")));
    await expect(deadLetters("redrive", "evt_two", "--because", "mended", "--yes")).resolves.toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/evt_two.*succeeded.*2 deleted/) as string,
    });
    expect(await countDeadLetters()).toBe(0);
    await expect(followExecution(clients.sfn, "evt_two")).resolves.toMatchObject({
      status: "SUCCEEDED",
      redriveCount: 2,
    });
  });

  test("wants to be told which ones to redrive", { timeout: PATIENT }, async () => {
    const { code, stderr } = await deadLetters("redrive", "--yes");
    expect(code).toBe(2);
    expect(stderr).toMatch(/Say which/);
  });
});
