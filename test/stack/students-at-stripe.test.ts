import { expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { keys } from "#handlers/adapters/dynamodb/table.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { signIn } from "#infra/local/student-session.ts";
import { buy, newStudent, startCheckout } from "#test/support/checkouts.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { endOf } from "#test/support/purchase-history.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const COURSE = "TEST-COURSE-003";
const OTHER_COURSE = "TEST-COURSE-005";

const { stack, clients } = useRunningStack();

const control = () => createStripeControl(stack.stripeUrl);
const stripe = () => createStandInClient(stack.stripeUrl);

/** A student who has bought a course, with the customer that Stripe has made of them. */
async function customer(name: string) {
  const student = await newStudent(name, stack);
  const { checkoutSessionId } = await buy(student, COURSE);
  await endOf(stack, clients, checkoutSessionId);
  const { stripeCustomerId = "" } = await student.readStudent();
  return { ...student, stripeCustomerId };
}

async function openSessionsOf(userId: string) {
  const { data } = await stripe().checkout.sessions.list({ limit: 100, status: "open" });
  return data.filter((session) => session.client_reference_id === userId).map(({ id }) => id);
}

test("a customer who was deleted at Stripe is made anew by the next purchase, and linked", async () => {
  const student = await customer("deleted-at-stripe");
  await control().deleteCustomer(student.stripeCustomerId);
  const { checkoutSessionId } = await buy(student, OTHER_COURSE);
  const session = await stripe().checkout.sessions.retrieve(checkoutSessionId);
  expect(session.customer_creation).toBe("always");
  await expect(endOf(stack, clients, checkoutSessionId)).resolves.toMatchObject({ status: "SUCCEEDED" });
  const { stripeCustomerId } = await student.readStudent();
  expect(stripeCustomerId).toBe(session.customer);
  expect(stripeCustomerId).not.toBe(student.stripeCustomerId);
});

test("a failure that Stripe keeps under the request's key locks nobody out", async () => {
  const student = await newStudent("kept-failure", stack);
  await control().keepFailure();
  const first = await startCheckout(student, COURSE);
  await expect(startCheckout(student, COURSE)).resolves.toEqual(first);
  expect(await openSessionsOf(student.userId)).toEqual([first.checkoutSessionId]);
});

test("two tabs that meet a failure that Stripe keeps share one checkout all the same", async () => {
  const student = await newStudent("kept-failure-twice", stack);
  await control().keepFailure();
  const [one, other] = await Promise.all([startCheckout(student, COURSE), startCheckout(student, COURSE)]);
  expect(one).toEqual(other);
  expect(await openSessionsOf(student.userId)).toEqual([one?.checkoutSessionId]);
});

test("a course that is renamed after a checkout whose record was lost can be bought", async () => {
  const course = { ...paidCourse, courseId: "RENAMED-1" };
  await clients.putItem(courseItem(course));
  const student = await newStudent("lost-record", stack);
  const lost = await startCheckout(student, course.courseId);
  for (const { PK, SK } of [
    keys.openCheckout(student.userId, course.courseId),
    keys.purchase(student.userId, lost.checkoutSessionId),
  ])
    await clients.removeItem(PK, SK);
  await clients.putItem(courseItem({ ...course, name: "Payments That Are Even More Reliable" }));
  await expect(buy(student, course.courseId)).resolves.toMatchObject({ payment: { status: "complete" } });
});

test("a new e-mail address reaches the student's record, the next checkout and Stripe's customer", async () => {
  const { userId, stripeCustomerId, email } = await customer("moved");
  const before = "before@example.com";
  const { PK, SK } = keys.student(userId);
  await clients.putItem({ ...(await clients.readItem(PK, SK)), email: before });
  await stripe().customers.update(stripeCustomerId, { email: before });

  const student = await signIn(email, stack);
  const { checkoutSessionId } = await startCheckout(student, OTHER_COURSE);
  expect((await student.readStudent()).email).toBe(email);
  await expect(clients.readItem(PK, SK)).resolves.toMatchObject({ email, stripeCustomerId });
  expect(await stripe().customers.retrieve(stripeCustomerId)).toMatchObject({ email });
  expect((await stripe().checkout.sessions.retrieve(checkoutSessionId)).customer).toBe(stripeCustomerId);
});

test("the first checkout of a student whose address has changed has the new one", async () => {
  const student = await newStudent("moved-early", stack);
  const { PK, SK } = keys.student(student.userId);
  await clients.putItem({ ...(await clients.readItem(PK, SK)), email: "before@example.com" });
  const { checkoutSessionId } = await startCheckout(student, COURSE);
  const session = await stripe().checkout.sessions.retrieve(checkoutSessionId);
  expect(session.customer_email).toBe(student.email);
});
