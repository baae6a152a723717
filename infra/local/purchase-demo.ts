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

/**
 * @param email whose purchase it is; the story calls her Ada
 * @throws Error saying which step did not go as it should
 */
export async function runPurchaseDemo(
  stack: Pick<LocalStack, "clientUrl" | "awsUrl" | "stripeUrl" | "issuerUrl">,
  report: (line: string) => void,
  email = "ada@example.com",
): Promise<DemoResult> {
  const { stripeUrl } = stack;
  if (!stripeUrl) throw new Error("The demo needs the Stripe stand-in.");
  const sfn = createLocalSfnClient(stack.awsUrl);
  try {
    report(`\nAda signs in and chooses ${COURSE_ID}`);
    const ada = await signIn(email, { ...stack, stripeUrl });
    await ada.readStudent();
    const checkout = await ada.enroll(COURSE_ID);
    if (checkout.status !== "pending")
      throw new Error(`${COURSE_ID} should ask for a payment, but is ${checkout.status}.`);
    const { checkoutSessionId, clientSecret } = checkout;

    const declined = await ada.payByCard(checkoutSessionId, clientSecret, CARDS.declined);
    if (declined.status !== "declined")
      throw new Error(`The card ${CARDS.declined} should have been declined.`);
    report(`Her first card is declined: ${declined.message}`);

    const paidAt = performance.now();
    const paid = await ada.payByCard(checkoutSessionId, clientSecret, CARDS.good);
    if (paid.status !== "complete")
      throw new Error(`The card ${CARDS.good} should have paid, but: ${paid.status}.`);
    report("Her second card pays; Stripe's webhook starts the execution");

    const { id: eventId } = await findCompletedEvent(stripeUrl, checkoutSessionId);
    const states: DemoResult["execution"]["states"] = [];
    const execution = await followExecution(sfn, eventId, (name, sinceStartMs) => {
      states.push({ name, sinceStartMs });
      report(`  ${String(sinceStartMs).padStart(5)} ms  ${name}`);
    });
    if (execution.status !== "SUCCEEDED")
      throw new Error(`The execution ${eventId} ended ${execution.status}.`);

    const enrollment = await waitForEnrollment(ada, checkoutSessionId);
    const paidToEnrolledMs = Math.round(performance.now() - paidAt);

    report("\nStripe delivers the same event again");
    const answer = await resendEvent(stripeUrl, eventId);
    const { enrollment: afterReplay } = await ada.checkEnrollment(COURSE_ID);
    const enrollmentUnchanged = JSON.stringify(afterReplay) === JSON.stringify(enrollment);
    if (!enrollmentUnchanged) throw new Error("The replayed webhook changed the enrollment.");
    report(`  answered ${answer}; nothing changed`);

    const { stripeCustomerId } = await ada.readStudent();
    if (!stripeCustomerId) throw new Error("The student has no Stripe customer.");
    return {
      checkoutSessionId,
      decline: declined.message,
      execution: { name: eventId, status: execution.status, states },
      enrollment,
      stripeCustomerId,
      replay: { answer, enrollmentUnchanged },
      paidToEnrolledMs,
    };
  } finally {
    sfn.destroy();
  }
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
