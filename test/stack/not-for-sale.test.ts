import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { OIDC_CLIENT_ID, TABLE_NAME } from "#infra/local/names.ts";
import { requestAccessToken } from "#infra/local/sign-in/request-access-token.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { newStudent, startCheckout } from "#test/support/checkouts.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import type { PaidCourse } from "#workflow/model.ts";

const { stack, clients } = useRunningStack();

/** Past all checks of `npm run seed`. */
async function putCourse(course: PaidCourse): Promise<PaidCourse> {
  await clients.table.client.send(new PutCommand({ TableName: TABLE_NAME, Item: courseItem(course) }));
  return course;
}

async function askForPlace(name: string, { courseId }: PaidCourse) {
  const { issuerUrl, clientUrl } = stack;
  const token = await requestAccessToken({
    issuerUrl,
    clientId: OIDC_CLIENT_ID,
    redirectUri: `${clientUrl}/sign-in/callback`,
    email: `${name}@example.com`,
  });
  const response = await fetch(`${clientUrl}/api/enrollments`, {
    method: "POST",
    headers: { authorization: `Bearer ${token.accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({ courseId }),
  });
  return { status: response.status, body: await response.json() };
}

const NOT_FOR_SALE = { status: 409, body: { error: { code: "course_not_for_sale" } } };

test("a course for less than Stripe charges is answered as not for sale, not as a fault of ours", async () => {
  const cheap = await putCourse({ ...paidCourse, courseId: "CHEAP-1", unitAmount: 30 });
  await expect(askForPlace("bargain-hunter", cheap)).resolves.toMatchObject(NOT_FOR_SALE);
});

test("so is one whose price or product is archived at Stripe", async () => {
  const { prices, products } = createStandInClient(stack.stripeUrl);
  const product = await products.create({ name: paidCourse.name });
  const price = await prices.create({ currency: "usd", unit_amount: 4900, product: product.id });
  const priced = await putCourse({ ...paidCourse, courseId: "PRICED-1", stripePriceId: price.id });
  await products.update(product.id, { active: false });
  await expect(askForPlace("late-comer", priced)).resolves.toMatchObject(NOT_FOR_SALE);
});

test("a course that is retired while somebody fills in the form is theirs once it is paid", async () => {
  const course = await putCourse({
    ...paidCourse,
    courseId: "RETIRING-1",
    accessUrl: "https://example.com/a",
  });
  const student = await newStudent("last-one", stack);
  const { checkoutSessionId, clientSecret } = await startCheckout(student, course.courseId);
  await putCourse({ ...course, status: "retired" });

  await expect(askForPlace("too-late", course)).resolves.toMatchObject(NOT_FOR_SALE);
  // On another device their purchases say "Continue checkout".
  await expect(askForPlace("last-one", course)).resolves.toMatchObject({
    status: 201,
    body: { checkoutSessionId },
  });
  await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);

  await expect.poll(() => student.readCheckout(checkoutSessionId)).toMatchObject({ stage: "enrolled" });
  await expect(student.checkEnrollment(course.courseId)).resolves.toMatchObject({
    enrolled: true,
    accessUrl: "https://example.com/a",
  });
  expect(await clients.takeDeadLetters()).toEqual([]);
});
