import { expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { newStudent, startCheckout } from "#test/support/checkouts.ts";
import { useOperator } from "#test/support/operator.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { deadLettersOf, endOf } from "#test/support/purchase-history.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import type { PaidCourse } from "#workflow/model.ts";

/** Milliseconds; every command is a process of its own. */
const PATIENT = { timeout: 120_000 };

const { stack, clients } = useRunningStack();
const operator = useOperator(stack);

/** Money has spaces that do not break. */
const withPlainSpaces = (text: string) => text.replaceAll(/\s/g, " ");
const put = (course: PaidCourse) => clients.putItem(courseItem(course));

test.each([
  ["huf", 500_000, 490_000, "HUF 5,000", "HUF 4,900"],
  ["isk", 500_000, 490_000, "ISK 5,000", "ISK 4,900"],
  ["jpy", 5_000, 4_900, "¥5,000", "¥4,900"],
  ["kwd", 49_000, 48_000, "KWD 49.000", "KWD 48.000"],
])(
  "a price in %s is written the same in the form, the dossier and the letter",
  PATIENT,
  async (currency, paid, asked, paidText, askedText) => {
    const course = { ...paidCourse, courseId: `IN-${currency}`, currency, unitAmount: paid };
    await put(course);
    const student = await newStudent(`pays-in-${currency}`, stack);
    const { checkoutSessionId, clientSecret } = await startCheckout(student, course.courseId);
    const form = await fetch(`${stack.stripeUrl}/checkout/${clientSecret}`);
    expect(withPlainSpaces(await form.text())).toContain(`Pay ${paidText}`);

    // Without its purchase it is held against the catalogue.
    await clients.removeItem(`USER#${student.userId}`, `PURCHASE#${checkoutSessionId}`);
    await put({ ...course, unitAmount: asked });
    await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);
    await endOf(stack, clients, checkoutSessionId);
    const found = await operator.run(`npm run find -- ${checkoutSessionId}`);
    expect(withPlainSpaces(found.stdout)).toContain(`complete, paid, ${paidText},`);
    const [letter] = await deadLettersOf(clients, checkoutSessionId);
    expect(withPlainSpaces(letter?.cause ?? "")).toMatch(
      new RegExp(`\\(${paidText}\\);.*\\(${askedText}\\)`),
    );
  },
);

test("no control byte of a student's name reaches a terminal", PATIENT, async () => {
  const student = await newStudent("odd-name", stack);
  const { checkoutSessionId } = await startCheckout(student, "TEST-COURSE-003");
  const name = "\u{1b}]52;c;cm0gLXJmIC8=\u{7}Ada\u{1b}[2J\u{9b}2J\r\u{7f}";
  await clients.putItem(studentItem({ ...student, name }));
  for (const command of [
    `find -- ${checkoutSessionId}`,
    `find -- ${student.email}`,
    `ops -- export ${student.userId}`,
  ]) {
    const { stdout, stderr } = await operator.run(`npm run ${command}`);
    expect(stdout).toContain("Ada");
    expect(`${stdout}${stderr}`, command).not.toMatch(/(?!\n)\p{Cc}/u);
  }
});
