import { expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { createChoices } from "../exhaustive/choices.ts";
import { deploy } from "./deployment.ts";
import { readShippedParts } from "./parts.ts";
import { createRandom } from "./random.ts";
import { withVirtualClock } from "./round.ts";
import type { StripeEvent } from "./stripe.ts";

const { userId } = student;
const { courseId } = paidCourse;
const nothing = () => undefined;

test("a purchase writes what was agreed and its form, then the place and the customer, and nothing else", async () => {
  const choices = createChoices(0);
  const events: StripeEvent[] = [];
  const { table, stripe, processes, callApi, deliverWebhook } = deploy(
    readShippedParts(),
    choices.scheduler,
    createRandom(1),
    0,
    (event) => events.push(event),
  );
  const comeToRest = async () => {
    do {
      do await new Promise((resolve) => setImmediate(resolve));
      while (processes.isAnyBusy());
    } while (choices.takeFirst());
  };
  /** The items that were written, each as often as it was. */
  const writesOf = async (work: () => Promise<unknown>) => {
    const before = table.stream.length;
    work().then(nothing, nothing);
    await comeToRest();
    return table.stream.slice(before).map(({ key }) => key.replace(/cs_test_\d+/, "cs"));
  };
  // As the sign-in says, so that nothing of it is to be followed.
  table.put(studentItem({ ...student, name: userId, email: `${userId}@example.com`, emailVerified: false }));
  table.put(courseItem(paidCourse));

  await withVirtualClock(choices.now, async () => {
    const opened = await writesOf(() => callApi("POST", "/api/enrollments", userId, { courseId }));
    expect(opened).toEqual([`USER#${userId}|PURCHASE#cs`, `USER#${userId}|CHECKOUT#${courseId}`]);
    const [session] = stripe.sessions.values();
    if (session) stripe.complete(session, "paid");
    const [completed] = events;
    const delivered = await writesOf(async () => completed && deliverWebhook(completed));
    expect(delivered).toEqual([`USER#${userId}|ENROLLMENT#${courseId}`, `USER#${userId}|METADATA`]);
  });
});
