import { RedriveExecutionCommand } from "@aws-sdk/client-sfn";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { executionArn, TABLE_NAME } from "#infra/local/names.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { paidEnrollment } from "#test/support/purchases.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const { clients } = useRunningStack();

/** A purchase of a course and a student of its own, so that the cases cannot meet. */
function purchase(name: string) {
  const course = { ...paidCourse, courseId: `COURSE-${name}` };
  const buyer = { ...student, userId: `user-${name}` };
  const payload = purchaseEvent(name, { userId: buyer.userId, courseId: course.courseId });
  return { name, course, buyer, payload };
}

type Purchase = ReturnType<typeof purchase>;

const finish = (name: string) => followExecution(clients.sfn, `evt_${name}`);
const enrollmentOf = ({ buyer, course }: Purchase) =>
  clients.readItem(`USER#${buyer.userId}`, `ENROLLMENT#${course.courseId}`);

interface Case {
  what: string;
  error: string;
  spoil(purchase: Purchase): Promise<unknown>;
  mend(purchase: Purchase): Promise<unknown>;
}

const cases: Case[] = [
  {
    what: "removed-course",
    error: "CourseNotFound",
    spoil: ({ course }) => clients.removeItem(`COURSE#${course.courseId}`, "METADATA"),
    mend: ({ course }) => clients.putItem(courseItem(course)),
  },
  {
    what: "changed-amount",
    error: "AmountMismatch",
    spoil: ({ course }) => clients.putItem(courseItem({ ...course, unitAmount: 9900 })),
    mend: ({ course }) => clients.putItem(courseItem(course)),
  },
  {
    what: "unknown-student",
    error: "StudentNotFound",
    spoil: ({ buyer }) => clients.removeItem(`USER#${buyer.userId}`, "METADATA"),
    mend: ({ buyer }) => clients.putItem(studentItem(buyer)),
  },
  {
    what: "second-payment",
    error: "DoublePayment",
    spoil: ({ buyer, course }) =>
      clients.putItem({
        PK: `USER#${buyer.userId}`,
        SK: `ENROLLMENT#${course.courseId}`,
        ...paidEnrollment({
          userId: buyer.userId,
          courseId: course.courseId,
          stripeSessionId: "cs_test_earlier",
          stripePaymentIntentId: "pi_earlier",
        }),
      }),
    mend: ({ buyer, course }) => clients.removeItem(`USER#${buyer.userId}`, `ENROLLMENT#${course.courseId}`),
  },
];

async function failOnce(name: string, { spoil }: Case): Promise<Purchase> {
  const bought = purchase(name);
  await clients.putItem(courseItem(bought.course));
  await clients.putItem(studentItem(bought.buyer));
  await spoil(bought);
  await expect(clients.postWebhook(bought.payload)).resolves.toMatchObject({ status: 200 });
  await expect(finish(name)).resolves.toMatchObject({ status: "FAILED" });
  return bought;
}

describe.each(cases)("a purchase that fails for $what", (failing) => {
  test("leaves a dead letter that says all it takes to find it", async () => {
    const name = `${failing.what}-letter`;
    const { buyer, course } = await failOnce(name, failing);
    const letters = await clients.takeDeadLetters();
    expect(letters.filter(({ eventId }) => eventId === `evt_${name}`)).toEqual([
      {
        eventId: `evt_${name}`,
        executionArn: executionArn(`evt_${name}`),
        checkoutSessionId: `cs_test_${name}`,
        paymentIntentId: `pi_${name}`,
        userId: buyer.userId,
        courseId: course.courseId,
        error: failing.error,
        cause: expect.stringContaining(failing.error) as string,
      },
    ]);
  });

  test("ends in the enrollment when it is redriven after the cause was mended", async () => {
    const name = `${failing.what}-redrive`;
    const bought = await failOnce(name, failing);
    await failing.mend(bought);
    await clients.sfn.send(new RedriveExecutionCommand({ executionArn: executionArn(`evt_${name}`) }));
    await expect(finish(name)).resolves.toMatchObject({ status: "SUCCEEDED", redriveCount: 1 });
    await expect(enrollmentOf(bought)).resolves.toMatchObject({ stripeSessionId: `cs_test_${name}` });
  });

  test("ends in the enrollment when Stripe sends the event again after the cause was mended", async () => {
    const name = `${failing.what}-resend`;
    const bought = await failOnce(name, failing);
    await failing.mend(bought);
    await expect(clients.postWebhook(bought.payload)).resolves.toMatchObject({
      status: 200,
      body: { redriven: true },
    });
    await expect(finish(name)).resolves.toMatchObject({ status: "SUCCEEDED" });
    await expect(enrollmentOf(bought)).resolves.toMatchObject({ stripeSessionId: `cs_test_${name}` });
  });

  test("fails again, with another dead letter, when it is redriven too early", async () => {
    const name = `${failing.what}-early`;
    await failOnce(name, failing);
    await clients.sfn.send(new RedriveExecutionCommand({ executionArn: executionArn(`evt_${name}`) }));
    await expect(finish(name)).resolves.toMatchObject({ status: "FAILED", redriveCount: 1 });
    const letters = await clients.takeDeadLetters();
    expect(letters.filter(({ eventId }) => eventId === `evt_${name}`)).toHaveLength(2);
  });
});

test("a course whose price was corrected after the payment is enrolled by a redrive", async () => {
  const bought = purchase("price-corrected");
  await clients.putItem(courseItem({ ...bought.course, unitAmount: 1 }));
  await clients.putItem(studentItem(bought.buyer));
  await clients.deliver(bought.payload);
  await expect(finish("price-corrected")).resolves.toMatchObject({ status: "FAILED" });
  await clients.table.client.send(
    new UpdateCommand({
      TableName: TABLE_NAME,
      Key: { PK: `COURSE#${bought.course.courseId}`, SK: "METADATA" },
      UpdateExpression: "SET unitAmount = :amount",
      ExpressionAttributeValues: { ":amount": bought.course.unitAmount },
    }),
  );
  await clients.sfn.send(new RedriveExecutionCommand({ executionArn: executionArn("evt_price-corrected") }));
  await expect(finish("price-corrected")).resolves.toMatchObject({ status: "SUCCEEDED" });
});
