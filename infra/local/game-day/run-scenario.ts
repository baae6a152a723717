/** One scenario: break, pay, see the alarm and the dead letter, mend, redrive, see the enrollment. */
import { setTimeout as pause } from "node:timers/promises";
import type { AlarmWatch } from "#infra/operate/alarms/alarm-watch.ts";
import type { DeadLetter } from "#workflow/dead-letters/read.ts";
import type { LocalStack } from "../stack.ts";
import { CARDS } from "../stripe/checkout/test-numbers.ts";
import { type StudentSession, signIn } from "../student-session.ts";
import type { Scenario, ScenarioResult, StepName, StepResult } from "./game-day.ts";

export interface GameDayParts {
  stack: Pick<LocalStack, "clientUrl" | "issuerUrl"> & { stripeUrl: string };
  alarms: AlarmWatch;
  findDeadLetter: (checkoutSessionId: string) => Promise<DeadLetter | undefined>;
  /** @returns how it ended, e.g. `succeeded` */
  redrive: (letter: DeadLetter) => Promise<string>;
  /** How long a step may take. */
  patienceMs: number;
}

const COURSE_ID = "TEST-COURSE-003";
const POLL_MS = 100;

/** What was waited for and did not come. */
class DidNotHappen extends Error {}

/** @param report told of each step as it happens */
export async function runScenario(
  scenario: Scenario,
  parts: GameDayParts,
  report: (result: StepResult) => void,
): Promise<ScenarioResult> {
  const { name, breaks } = scenario;
  const steps: StepResult[] = [];
  let startedAt = performance.now();
  let current: StepName = "paid";

  async function happen(step: StepName, work: () => Promise<string>): Promise<void> {
    current = step;
    const detail = await work();
    const result = { step, atMs: Math.round(performance.now() - startedAt), detail };
    steps.push(result);
    report(result);
  }

  try {
    await waitUntilQuiet(scenario, parts);
    const { student, pay, checkoutSessionId } = await openCheckout(scenario, parts);
    startedAt = performance.now();
    await scenario.breakDependency(COURSE_ID);
    await happen("paid", pay);
    await happen("alarm", () => waitForAlarm(scenario, parts));
    let letter: DeadLetter | undefined;
    if (scenario.isDeadLetter) {
      await happen("dead letter", async () => {
        letter = await waitFor("a dead letter of the purchase", parts, () =>
          parts.findDeadLetter(checkoutSessionId),
        );
        return letter.error;
      });
    }
    await happen("mended", async () => {
      await scenario.mendIt(COURSE_ID);
      return "";
    });
    if (letter) {
      const found = letter;
      await happen("redriven", async () => {
        const outcome = await parts.redrive(found);
        if (outcome !== "succeeded") throw new DidNotHappen(`the redrive ended ${outcome}`);
        return outcome;
      });
    }
    await happen("enrolled", () => waitForEnrollment(student, checkoutSessionId, parts));
    return { name, breaks, steps };
  } catch (error) {
    const reason = error instanceof Error ? error.message : "something that is not an Error was thrown";
    return { name, breaks, steps, missing: { step: current, reason } };
  } finally {
    await scenario.mendIt(COURSE_ID);
  }
}

/** An alarm that is still on from before would be no sign of what is broken now. */
async function waitUntilQuiet({ alarm }: Scenario, parts: GameDayParts): Promise<void> {
  await waitFor(
    `the alarm ${alarm} to be OK`,
    parts,
    async () => stateOf(alarm, parts) === "OK" || undefined,
  );
}

const stateOf = (alarm: string, { alarms }: GameDayParts) =>
  alarms.listAlarms().find(({ alarmId }) => alarmId === alarm)?.state;

async function openCheckout({ name }: Scenario, { stack }: GameDayParts) {
  const student = await signIn(`game-day-${name}@example.com`, stack);
  await student.readStudent();
  const checkout = await student.enroll(COURSE_ID);
  if (checkout.status !== "pending") throw new Error(`${COURSE_ID} should ask for a payment.`);
  const { checkoutSessionId, clientSecret } = checkout;
  const pay = async () => {
    const { status } = await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);
    if (status !== "complete") throw new DidNotHappen(`the payment is ${status}`);
    return checkoutSessionId;
  };
  return { student, checkoutSessionId, pay };
}

async function waitForAlarm({ alarm }: Scenario, parts: GameDayParts): Promise<string> {
  await waitFor(`the alarm ${alarm}`, parts, async () => stateOf(alarm, parts) === "ALARM" || undefined);
  return alarm;
}

async function waitForEnrollment(
  student: StudentSession,
  checkoutSessionId: string,
  parts: GameDayParts,
): Promise<string> {
  const { enrolledAt } = await waitFor("the enrollment", parts, async () => {
    const { enrollment } = await student.checkEnrollment(COURSE_ID);
    return enrollment?.stripeSessionId === checkoutSessionId ? enrollment : undefined;
  });
  return enrolledAt;
}

async function waitFor<T>(
  what: string,
  { patienceMs }: GameDayParts,
  find: () => Promise<T | undefined>,
): Promise<T> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const found = await find();
    if (found !== undefined) return found;
    await pause(POLL_MS);
  }
  throw new DidNotHappen(`waited ${patienceMs / 1000} s for ${what}`);
}
