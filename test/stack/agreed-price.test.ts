import { expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { buy, newStudent, openSessionElsewhere, startCheckout } from "#test/support/checkouts.ts";
import { freeCourse, paidCourse } from "#test/support/payment-events.ts";
import { deadLettersOf, endOf } from "#test/support/purchase-history.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import type { Course, PaidCourse } from "#workflow/model.ts";

const { stack, clients } = useRunningStack();

const put = (course: Course) => clients.putItem(courseItem(course));
const sessionAtStripe = (checkoutSessionId: string) =>
  createStandInClient(stack.stripeUrl).checkout.sessions.retrieve(checkoutSessionId);

async function offer(courseId: string): Promise<PaidCourse> {
  const course = { ...paidCourse, courseId };
  await put(course);
  return course;
}

test.each<[change: string, (course: PaidCourse) => Promise<unknown>]>([
  ["costs more", (course) => put({ ...course, unitAmount: 5900 })],
  ["costs less", (course) => put({ ...course, unitAmount: 900 })],
  ["costs euros", (course) => put({ ...course, currency: "eur" })],
  ["is free", ({ courseId }) => put({ ...freeCourse, courseId })],
  ["is retired", (course) => put({ ...course, status: "retired" })],
  [
    "cost more and is back at its price",
    async (course) => {
      await put({ ...course, unitAmount: 5900 });
      await put(course);
    },
  ],
])("who pays the form that they were shown has the course, although it %s by now", async (change, make) => {
  const name = change.replaceAll(" ", "-");
  const course = await offer(`AGREED-${name}`);
  const student = await newStudent(name, stack);
  const { checkoutSessionId, clientSecret } = await startCheckout(student, course.courseId);
  await make(course);
  await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);

  await expect(endOf(stack, clients, checkoutSessionId)).resolves.toMatchObject({ status: "SUCCEEDED" });
  await expect(student.checkEnrollment(course.courseId)).resolves.toMatchObject({
    enrollment: { stripeSessionId: checkoutSessionId },
  });
  expect(await deadLettersOf(clients, checkoutSessionId)).toEqual([]);
});

test("a checkout that was opened elsewhere is held against the catalogue", async () => {
  const course = await offer("AGREED-elsewhere");
  await put({ ...course, unitAmount: 5900 });
  const student = await newStudent("elsewhere", stack);
  const { checkoutSessionId, clientSecret } = await openSessionElsewhere(
    stack,
    student.userId,
    course.courseId,
  );
  await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);
  await expect(endOf(stack, clients, checkoutSessionId)).resolves.toMatchObject({ status: "FAILED" });
  const [letter, ...others] = await deadLettersOf(clients, checkoutSessionId);
  expect(letter).toMatchObject({ error: "AmountMismatch", courseId: course.courseId });
  expect(others).toEqual([]);
});

test("a changed price shows a fresh form, and the one at the old price can no longer be paid", async () => {
  const course = await offer("AGREED-reopened");
  const student = await newStudent("reopened", stack);
  const before = await startCheckout(student, course.courseId);
  await put({ ...course, unitAmount: 5900 });
  const after = await startCheckout(student, course.courseId);
  expect(after.checkoutSessionId).not.toBe(before.checkoutSessionId);
  expect((await sessionAtStripe(before.checkoutSessionId)).status).toBe("expired");
  expect((await sessionAtStripe(after.checkoutSessionId)).amount_subtotal).toBe(5900);
});

test.each([
  ["another amount", { currency: "usd", unit_amount: 5900 }],
  ["another currency", { currency: "eur", unit_amount: 4900 }],
])("nobody is shown a form when Stripe's price asks for %s", async (what, asked) => {
  const { prices, checkout } = createStandInClient(stack.stripeUrl);
  const { id } = await prices.create({ ...asked, product_data: { name: what } });
  const course = await offer(`PRICED-${asked.currency}-${asked.unit_amount}`);
  await put({ ...course, stripePriceId: id });
  const student = await newStudent(what.replace(" ", "-"), stack);

  await expect(student.enroll(course.courseId)).rejects.toThrow(/409.*not on offer/);
  const { data } = await checkout.sessions.list({ limit: 100 });
  const opened = data.filter(({ metadata }) => metadata?.["courseId"] === course.courseId);
  expect(opened.map(({ status }) => status)).toEqual(["expired"]);
});

test("who enrolls in a course that has become free cannot pay for it any more", async () => {
  const course = await offer("FREED-1");
  const student = await newStudent("lucky", stack);
  const { checkoutSessionId } = await startCheckout(student, course.courseId);
  await put({ ...freeCourse, courseId: course.courseId });
  await expect(student.enroll(course.courseId)).resolves.toMatchObject({
    status: "active",
    enrollment: { enrollmentType: "free" },
  });
  expect((await sessionAtStripe(checkoutSessionId)).status).toBe("expired");
});

test("a course for a price that Stripe's account cannot charge is not on offer", async () => {
  const course = await offer("CHEAP-2");
  await put({ ...course, unitAmount: 30 });
  const student = await newStudent("thrifty", stack);
  await expect(buy(student, course.courseId)).rejects.toThrow(/409.*not on offer/);
});
