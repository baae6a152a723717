import { afterEach, expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { keys } from "#handlers/adapters/dynamodb/table.ts";
import { findCompletedEvent, resendEvent } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { createAwsFaults } from "#infra/operate/records/aws-faults.ts";
import { WITH_A_LETTER, WITHOUT_A_LETTER, whileLive } from "#test/support/bad-releases.ts";
import { newStudent, openSessionElsewhere, startCheckout, turnKnobs } from "#test/support/checkouts.ts";
import { useOperator } from "#test/support/operator.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { endOf, executionsOf, SOON } from "#test/support/purchase-history.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

/** Milliseconds; every command is a process of its own. */
const PATIENT = 120_000;
/** One thing may be left to do after another, never more. */
const MOST_STEPS = 2;

const { stack, clients } = useRunningStack();
const operator = useOperator(stack);

afterEach(async () => {
  await turnKnobs(stack, { paused: false });
  await createAwsFaults(stack.awsUrl).setFaults([]);
});

const control = () => createStripeControl(stack.stripeUrl);
const offer = (courseId: string) => clients.putItem(courseItem({ ...paidCourse, courseId }));
const withdrawOffer = (courseId: string) => clients.removeItem(`COURSE#${courseId}`, "METADATA");

interface Subject {
  student: Awaited<ReturnType<typeof newStudent>>;
  courseId: string;
  checkoutSessionId: string;
}

/** Each a purchase of its own course. @param meanwhile what happens while the form is filled in */
async function pay(name: string, meanwhile: (courseId: string) => Promise<unknown>): Promise<Subject> {
  const courseId = `ADVICE-${name}`;
  await offer(courseId);
  const student = await newStudent(name, stack);
  const { checkoutSessionId, clientSecret } = await startCheckout(student, courseId);
  await meanwhile(courseId);
  await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);
  return { student, courseId, checkoutSessionId };
}

async function paid(name: string): Promise<Subject> {
  const subject = await pay(name, async () => {});
  await endOf(stack, clients, subject.checkoutSessionId);
  return subject;
}

/** For want of its course. */
async function failed(name: string): Promise<Subject> {
  const subject = await pay(name, withdrawOffer);
  await endOf(stack, clients, subject.checkoutSessionId);
  return subject;
}

async function refund({ student, checkoutSessionId }: Subject): Promise<void> {
  await control().refund(checkoutSessionId);
  const { PK, SK } = keys.purchase(student.userId, checkoutSessionId);
  await expect.poll(() => clients.readItem(PK, SK), SOON).toHaveProperty("refunded");
}

/** Of two, the second has done it. */
async function expectFreshOne({ checkoutSessionId }: Subject): Promise<void> {
  const ended = (await executionsOf(clients, checkoutSessionId)).map(({ name, status }) => [name, status]);
  const first = ended.map(([name]) => name).toSorted()[0];
  expect(ended).toContainEqual([`${first}-r1`, "SUCCEEDED"]);
  expect(ended).toHaveLength(2);
}

interface Case {
  what: string;
  arrange: (name: string) => Promise<Subject>;
  /** What is advised at first. */
  advice: RegExp;
  /** What a person does before giving the command. */
  mend?: (subject: Subject) => Promise<unknown>;
  isEnrolled: boolean;
  /** What else is so in the end. */
  check?: (subject: Subject) => Promise<unknown>;
}

const cases: Case[] = [
  {
    what: "failed",
    arrange: failed,
    advice: /Paid, not enrolled\. Put the course back/,
    mend: ({ courseId }) => offer(courseId),
    isEnrolled: true,
  },
  {
    what: "mended with its letter left over",
    async arrange(name) {
      const subject = await failed(name);
      await offer(subject.courseId);
      const { id } = await findCompletedEvent(stack.stripeUrl, subject.checkoutSessionId);
      await resendEvent(stack.stripeUrl, id);
      await endOf(stack, clients, subject.checkoutSessionId);
      return subject;
    },
    advice: /has the course; its dead letter is left over/,
    isEnrolled: true,
  },
  {
    what: "delivered and then lost",
    async arrange(name) {
      const subject = await paid(name);
      const { PK, SK } = keys.enrollment(subject.student.userId, subject.courseId);
      await clients.removeItem(PK, SK);
      return subject;
    },
    advice: /has succeeded, and what it wrote is gone.*by a fresh execution/,
    isEnrolled: true,
    check: expectFreshOne,
  },
  {
    what: "failed by a bad release",
    arrange: (name) => whileLive(clients.sfn, WITH_A_LETTER, () => paid(name)),
    advice: /Paid, not enrolled\. .* then redrive/,
    isEnrolled: true,
    check: expectFreshOne,
  },
  {
    what: "failed by one without a letter",
    arrange: (name) => whileLive(clients.sfn, WITHOUT_A_LETTER, () => paid(name)),
    advice: /Paid, not enrolled\. .* then redrive/,
    isEnrolled: true,
    check: expectFreshOne,
  },
  {
    what: "waiting in the overflow queue",
    async arrange(name) {
      const subject = await pay(name, () =>
        createAwsFaults(stack.awsUrl).setFaults([
          { target: "AWSStepFunctions.StartExecution", kind: "refuse" },
        ]),
      );
      const isDelivered = async ({ id }: { id: string }) => (await control().readEvent(id)).delivered;
      const event = await findCompletedEvent(stack.stripeUrl, subject.checkoutSessionId);
      await expect.poll(() => isDelivered(event), SOON).toBe(true);
      return subject;
    },
    advice: /no execution has finished .* may wait in the overflow queue/,
    mend: () => createAwsFaults(stack.awsUrl).setFaults([]),
    isEnrolled: true,
  },
  {
    what: "waiting for delivery",
    arrange: (name) => pay(name, () => turnKnobs(stack, { paused: true })),
    advice: /Stripe has not been able to deliver the event yet/,
    isEnrolled: true,
  },
  {
    what: "paid back while the student has the course",
    async arrange(name) {
      const subject = await paid(name);
      await refund(subject);
      return subject;
    },
    advice: /Refunded at Stripe\. Say whether the student keeps the course/,
    isEnrolled: false,
  },
  {
    what: "paid back before it was delivered",
    async arrange(name) {
      const subject = await failed(name);
      await refund(subject);
      await offer(subject.courseId);
      return subject;
    },
    advice: /Refunded at Stripe\. The student has not got the course/,
    isEnrolled: false,
  },
  {
    what: "disputed",
    async arrange(name) {
      const subject = await paid(name);
      await control().openDispute(subject.checkoutSessionId);
      const { PK, SK } = keys.purchase(subject.student.userId, subject.checkoutSessionId);
      await expect.poll(() => clients.readItem(PK, SK), SOON).toHaveProperty("disputed");
      return subject;
    },
    advice: /Disputed at Stripe \(needs_response\); answer there/,
    isEnrolled: false,
  },
  {
    what: "paid twice",
    async arrange(name) {
      const { student, courseId } = await paid(name);
      const second = await openSessionElsewhere(stack, student.userId, courseId);
      await student.payByCard(second.checkoutSessionId, second.clientSecret, CARDS.good);
      await endOf(stack, clients, second.checkoutSessionId);
      return { student, courseId, ...second };
    },
    advice: /Paid twice: .* Refund pi_\w+ in Stripe's dashboard, then close its letter/,
    mend: ({ checkoutSessionId }) => control().refund(checkoutSessionId),
    isEnrolled: true,
  },
];

test.each<[what: string, Case]>(cases.map((one) => [one.what, one]))(
  "who follows what is advised about a purchase that is %s mends it",
  { timeout: PATIENT },
  async (what, { arrange, advice, mend, isEnrolled, check }) => {
    const subject = await arrange(what.replaceAll(" ", "-"));
    const { student, courseId, checkoutSessionId } = subject;
    let { next } = await operator.findPurchase(checkoutSessionId);
    expect(next).toMatchObject({ needsPerson: true, text: expect.stringMatching(advice) as string });
    await mend?.(subject);
    for (let steps = 0; next.needsPerson && steps < MOST_STEPS; steps += 1) {
      await operator.run(next.command ?? "");
      ({ next } = await operator.findPurchase(checkoutSessionId));
    }
    expect(next).toMatchObject({ needsPerson: false });
    expect((await student.checkEnrollment(courseId)).enrolled).toBe(isEnrolled);
    const { deadLetters } = await operator.findPurchase(checkoutSessionId);
    expect(deadLetters).toEqual([]);
    await check?.(subject);
    await turnKnobs(stack, { paused: false });
  },
);

test("nothing is advised about what goes its way", async () => {
  const { checkoutSessionId } = await paid("nothing-to-do");
  const student = await newStudent("still-choosing", stack);
  const open = await startCheckout(student, "ADVICE-nothing-to-do");
  expect((await operator.findPurchase(checkoutSessionId)).next).toEqual({
    needsPerson: false,
    acts: [],
    text: "Nothing: the student has the course.",
  });
  const { next } = await operator.findPurchase(open.checkoutSessionId);
  expect(next).toMatchObject({ needsPerson: false, text: expect.stringMatching(/not paid yet/) as string });
});
