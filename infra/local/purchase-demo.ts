/** The story that the demo tells: declined, paid, enrolled, replayed. Every step is checked, not assumed. */
import { setTimeout as pause } from "node:timers/promises";
import type { Enrollment } from "#workflow/model.ts";
import { createLocalSfnClient, followExecution } from "./follow-execution.ts";
import type { LocalStack } from "./stack.ts";
import { findCompletedEvent, resendEvent } from "./stand-in-control.ts";
import { CARDS } from "./stripe/checkout/test-numbers.ts";
import { type StudentSession, signIn } from "./student-session.ts";

const COURSE_ID = "TEST-COURSE-003";

export interface DemoResult {
  checkoutSessionId: string;
  decline: string;
  execution: { name: string; status: string; states: { name: string; sinceStartMs: number }[] };
  enrollment: Enrollment;
  stripeCustomerId: string;
  replay: { answer: string; enrollmentUnchanged: boolean };
  /** From the click on Pay to the enrollment that the student sees. */
  paidToEnrolledMs: number;
}

type Report = (line: string) => void;

/**
 * @param email whose purchase it is; the story calls her Ada
 * @throws Error saying which step did not go as it should
 */
export async function runPurchaseDemo(
  stack: Pick<LocalStack, "clientUrl" | "awsUrl" | "accessKey" | "stripeUrl" | "issuerUrl">,
  report: Report,
  email = "ada@example.com",
): Promise<DemoResult> {
  const { stripeUrl } = stack;
  if (!stripeUrl) throw new Error("The demo needs the Stripe stand-in.");
  report(`\nAda signs in and chooses ${COURSE_ID}`);
  const ada = await signIn(email, { ...stack, stripeUrl });
  await ada.readStudent();
  const checkout = await openCheckout(ada);
  const { checkoutSessionId } = checkout;
  const decline = await payWithDeclinedCard(ada, checkout);
  report(`Her first card is declined: ${decline}`);

  const paidAt = performance.now();
  await payWithGoodCard(ada, checkout);
  report("Her second card pays; Stripe's webhook starts the execution");
  const { id: eventId } = await findCompletedEvent(stripeUrl, checkoutSessionId);
  const execution = await followToSuccess(stack, eventId, report);
  const enrollment = await waitForEnrollment(ada, checkoutSessionId);
  const paidToEnrolledMs = Math.round(performance.now() - paidAt);

  report("\nStripe delivers the same event again");
  const replay = await replayEvent(ada, stripeUrl, eventId, enrollment);
  report(`  answered ${replay.answer}; nothing changed`);

  const { stripeCustomerId } = await ada.readStudent();
  if (!stripeCustomerId) throw new Error("The student has no Stripe customer.");
  return { checkoutSessionId, decline, execution, enrollment, stripeCustomerId, replay, paidToEnrolledMs };
}

interface OpenCheckout {
  checkoutSessionId: string;
  clientSecret: string;
}

async function openCheckout(student: StudentSession): Promise<OpenCheckout> {
  const checkout = await student.enroll(COURSE_ID);
  if (checkout.status === "pending") return checkout;
  throw new Error(`${COURSE_ID} should ask for a payment, but is ${checkout.status}.`);
}

/** @returns Stripe's words for it */
async function payWithDeclinedCard(student: StudentSession, checkout: OpenCheckout): Promise<string> {
  const outcome = await student.payByCard(checkout.checkoutSessionId, checkout.clientSecret, CARDS.declined);
  if (outcome.status === "declined") return outcome.message;
  throw new Error(`The card ${CARDS.declined} should have been declined.`);
}

async function payWithGoodCard(student: StudentSession, checkout: OpenCheckout): Promise<void> {
  const { status } = await student.payByCard(checkout.checkoutSessionId, checkout.clientSecret, CARDS.good);
  if (status !== "complete") throw new Error(`The card ${CARDS.good} should have paid, but: ${status}.`);
}

async function followToSuccess(
  stack: Pick<LocalStack, "awsUrl" | "accessKey">,
  name: string,
  report: Report,
): Promise<DemoResult["execution"]> {
  const sfn = createLocalSfnClient(stack);
  try {
    const states: DemoResult["execution"]["states"] = [];
    const { status } = await followExecution(sfn, name, (state, sinceStartMs) => {
      states.push({ name: state, sinceStartMs });
      report(`  ${String(sinceStartMs).padStart(5)} ms  ${state}`);
    });
    if (status !== "SUCCEEDED") throw new Error(`The execution ${name} ended ${status}.`);
    return { name, status, states };
  } finally {
    sfn.destroy();
  }
}

async function replayEvent(
  student: StudentSession,
  stripeUrl: string,
  eventId: string,
  enrollment: Enrollment,
): Promise<DemoResult["replay"]> {
  const answer = await resendEvent(stripeUrl, eventId);
  const { enrollment: afterReplay } = await student.checkEnrollment(COURSE_ID);
  const enrollmentUnchanged = JSON.stringify(afterReplay) === JSON.stringify(enrollment);
  if (!enrollmentUnchanged) throw new Error("The replayed webhook changed the enrollment.");
  return { answer, enrollmentUnchanged };
}

/** As the return page does it: asks for the stage until it is `enrolled`. */
async function waitForEnrollment(student: StudentSession, checkoutSessionId: string): Promise<Enrollment> {
  for (;;) {
    const { stage } = await student.readCheckout(checkoutSessionId);
    if (stage === "enrolled") break;
    if (stage !== "paid") throw new Error(`The purchase is ${stage} instead of on its way.`);
    await pause(50);
  }
  const { enrollment } = await student.checkEnrollment(COURSE_ID);
  if (!enrollment) throw new Error("The purchase says enrolled, but there is no enrollment.");
  return enrollment;
}
