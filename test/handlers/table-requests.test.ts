import type { Context } from "aws-lambda";
import { beforeEach, expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { putItem } from "#handlers/adapters/dynamodb/table.ts";
import { createApi } from "#handlers/api.ts";
import { composeApi } from "#handlers/api-composition.ts";
import { composeSteps } from "#handlers/composition.ts";
import { apiSettings, readSettings, stepSettings } from "#handlers/config.ts";
import { createSteps } from "#handlers/steps.ts";
import { claimsOf, gatewayEvent } from "#test/support/gateway-events.ts";
import { paidCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import { createProvider } from "#test/support/payment-provider.ts";
import { NOON, openPurchase, openSession, paidEnrollment, settledPurchase } from "#test/support/purchases.ts";
import { useRealTable } from "#test/support/real-table.ts";

/** What the table was asked. */
let asked: string[] = [];
const realTable = useRealTable((operation) => asked.push(operation));

const compose = () => composeApi(readSettings(apiSettings, process.env), realTable());

beforeEach(async () => {
  await putItem(realTable(), courseItem(paidCourse));
  await putItem(realTable(), studentItem(student));
});

async function enroll(userId: string, checkoutSessionId: string, courseId = paidCourse.courseId) {
  const ids = { userId, courseId, checkoutSessionId };
  await compose().purchases.openPurchase(openPurchase(ids));
  const checkout = { ...ids, attempt: 1 };
  await compose().openCheckouts.replaceOpenCheckout(checkout, undefined);
  const event = paymentEvent({ ...ids, clientReferenceId: userId });
  const input = { event, executionName: event.eventId };
  const steps = createSteps(composeSteps(readSettings(stepSettings, process.env), realTable()));
  asked = [];
  await expect(steps.validateSession(input)).resolves.toEqual({ isBarred: false });
  await expect(steps.writeEnrollment(input)).resolves.toMatchObject({ enrolledAt: expect.any(String) });
  await steps.linkCustomer(input);
  return asked;
}

test("enrolling is four requests to the table, also for who buys again", async () => {
  const four = ["BatchGetItem", "PutItem", "BatchGetItem", "UpdateItem"];
  await expect(enroll(student.userId, "cs_test_first")).resolves.toEqual(four);
  await putItem(realTable(), courseItem({ ...paidCourse, courseId: "TEST-COURSE-005" }));
  await expect(enroll(student.userId, "cs_test_second", "TEST-COURSE-005")).resolves.toEqual(four);
});

test("a checkout that is over is noted by two", async () => {
  const { closeCheckout } = createSteps(composeSteps(readSettings(stepSettings, process.env), realTable()));
  const event = paymentEvent({ eventType: "checkout.session.expired", paymentStatus: "unpaid" });
  asked = [];
  await closeCheckout({ event, executionName: event.eventId });
  expect(asked).toEqual(["UpdateItem", "UpdateItem"]);
});

test.each([
  ["an open checkout is one", openPurchase, ["GetItem"]],
  ["a settled one is two", settledPurchase, ["GetItem", "GetItem"]],
])("a poll of %s", async (_what, purchaseOf, requests) => {
  const userId = `user-${requests.length}`;
  const payments = createProvider();
  const open = openSession({ userId, checkoutSessionId: `cs_test_${userId.replace("-", "_")}` });
  payments.sessions.set(open.checkoutSessionId, open);
  await compose().purchases.openPurchase(purchaseOf({ userId, checkoutSessionId: open.checkoutSessionId }));
  const handler = createApi({ ...compose(), payments, now: () => new Date(NOON) });
  asked = [];
  const path = `/api/checkout/session/${open.checkoutSessionId}`;
  const answer = await handler(gatewayEvent({ path, claims: claimsOf(userId) }), {} as Context);
  expect(answer.statusCode).toBe(200);
  expect(asked).toEqual(requests);
});

test("a dashboard is two beside the names of courses, which are asked for a hundred at a time and once a minute", async () => {
  const userId = "user-with-many";
  const { enrollments } = compose();
  for (let number = 0; number < 120; number += 1) {
    const courseId = `MANY-${number}`;
    await putItem(realTable(), courseItem({ ...paidCourse, courseId }));
    await enrollments.createEnrollment(paidEnrollment({ userId, courseId }));
  }
  const handler = createApi(compose());
  const claims = claimsOf(userId);
  const show = async () => {
    asked = [];
    const paths = ["/api/courses", "/api/enrollments"];
    const answers = paths.map((path) => handler(gatewayEvent({ path, claims }), {} as Context));
    expect((await Promise.all(answers)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    return asked;
  };
  await expect(show()).resolves.toEqual(["Query", "Query", "BatchGetItem", "BatchGetItem"]);
  await expect(show()).resolves.toEqual(["Query", "Query"]);
});
