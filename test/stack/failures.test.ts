import { afterEach, expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { keys } from "#handlers/adapters/dynamodb/table.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { createAwsFaults } from "#infra/operate/records/aws-faults.ts";
import { newStudent, startCheckout } from "#test/support/checkouts.ts";
import { useOperator } from "#test/support/operator.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { deadLettersOf, endOf, executionsOf } from "#test/support/purchase-history.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

/** Milliseconds; retries take their time. */
const PATIENT = { timeout: 120_000 };

const { stack, clients } = useRunningStack();
const operator = useOperator(stack);

const setFaults = (...targets: string[]) =>
  createAwsFaults(stack.awsUrl).setFaults(targets.map((target) => ({ target, kind: "refuse" as const })));

afterEach(() => setFaults());

/** Of a course of its own. @param spoil what breaks while the form is filled in */
async function pay(name: string, spoil: (courseId: string) => Promise<unknown>) {
  const courseId = `FAILS-${name}`;
  await clients.putItem(courseItem({ ...paidCourse, courseId }));
  const student = await newStudent(name, stack);
  const { checkoutSessionId, clientSecret } = await startCheckout(student, courseId);
  await spoil(courseId);
  await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);
  return { student, courseId, checkoutSessionId };
}

type Paid = Awaited<ReturnType<typeof pay>>;

const withdrawOffer = (courseId: string) => clients.removeItem(`COURSE#${courseId}`, "METADATA");

/** As a page that has waited for longer than the webhook is given: what it has noted lies a minute back. */
async function lookPatiently({ student, checkoutSessionId }: Paid) {
  const { PK, SK } = keys.purchase(student.userId, checkoutSessionId);
  const { followedUpAt: _before, ...item } = (await clients.readItem(PK, SK)) ?? {};
  if (item["settlement"])
    await clients.putItem({ ...item, settledSeenAt: new Date(Date.now() - 60_000).toISOString() });
  return (await student.readCheckout(checkoutSessionId)).stage;
}

test.each([
  ["at once", withdrawOffer],
  ["after its retries", () => setFaults("DynamoDB_20120810.PutItem")],
])(
  "a purchase that fails %s has one execution and one letter, although its return page stays open",
  PATIENT,
  async (when, spoil) => {
    const paid = await pay(when.replaceAll(" ", "-"), spoil);
    let isOver = false;
    const end = endOf(stack, clients, paid.checkoutSessionId).finally(() => {
      isOver = true;
    });
    const look = async () => {
      await paid.student.readCheckout(paid.checkoutSessionId);
      return isOver;
    };
    await expect.poll(look, { timeout: 60_000, interval: 200 }).toBe(true);
    await expect(end).resolves.toMatchObject({ status: "FAILED" });
    await setFaults();
    for (let looks = 0; looks < 5; looks += 1) expect(await lookPatiently(paid)).toBe("needs_attention");
    expect(await executionsOf(clients, paid.checkoutSessionId)).toHaveLength(1);
    expect(await deadLettersOf(clients, paid.checkoutSessionId)).toHaveLength(1);
  },
);

test(
  "two days of hourly sweeps redrive nothing, write no further letter and go on telling of it",
  PATIENT,
  async () => {
    const paid = await pay("two-days", withdrawOffer);
    await endOf(stack, clients, paid.checkoutSessionId);
    for (let hours = 1; hours <= 48; hours += 1) {
      const { drift } = await operator.sweep(hours);
      expect(drift.map(({ checkoutSessionId }) => checkoutSessionId)).toContain(paid.checkoutSessionId);
    }
    const executions = await executionsOf(clients, paid.checkoutSessionId);
    expect(executions).toMatchObject([{ status: "FAILED", redriveCount: 0 }]);
    expect(await deadLettersOf(clients, paid.checkoutSessionId)).toHaveLength(1);
  },
);
