/** One scenario: break, pay, see the alarm and the dead letter, mend, redrive, see the enrollment. */
import type { AlarmId } from "#infra/deployment/alarms.ts";
import type { AlarmWatch } from "#infra/operate/alarms/alarm-watch.ts";
import type { PurchasesAnswer } from "#workflow/contract.ts";
import type { DeadLetter } from "#workflow/dead-letters/read.ts";
import type { LocalStack } from "../stack.ts";
import { CARDS } from "../stripe/checkout/test-numbers.ts";
import { type StudentSession, signIn } from "../student-session.ts";
import type { Scenario, ScenarioResult, StepName, StepResult } from "./game-day.ts";
import { DidNotHappen, waitFor } from "./wait-for.ts";

export interface GameDayParts {
  stack: Pick<LocalStack, "clientUrl" | "issuerUrl"> & { stripeUrl: string };
  alarms: AlarmWatch;
  findDeadLetter: (checkoutSessionId: string) => Promise<DeadLetter | undefined>;
  /** @returns how it ended, e.g. `succeeded` */
  redrive: (letter: DeadLetter) => Promise<string>;
  refund: (checkoutSessionId: string) => Promise<unknown>;
  /** Takes the student's place back, as an operator who has seen the refund. */
  withdraw: (checkoutSessionId: string, userId: string) => Promise<unknown>;
  /** How long a step may take. */
  patienceMs: number;
}

const COURSE_ID = "TEST-COURSE-003";
/** What an operator looks at when nobody is to be called. */
const ALARM_OF_LETTERS = "DeadLetters";

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
    const { alarm } = scenario;
    if (alarm) await happen("alarm", () => waitForAlarm(alarm, parts));
    let letter: DeadLetter | undefined;
    if (scenario.isDeadLetter) {
      await happen("dead letter", async () => {
        letter = await waitFor("a dead letter of the purchase", parts.patienceMs, () =>
          parts.findDeadLetter(checkoutSessionId),
        );
        return letter.error;
      });
    }
    if (alarm) {
      await happen("mended", async () => {
        await scenario.mendIt(COURSE_ID);
        return "";
      });
    }
    if (letter) {
      const found = letter;
      await happen("redriven", async () => {
        const outcome = await parts.redrive(found);
        if (outcome !== "succeeded") throw new DidNotHappen(`the redrive ended ${outcome}`);
        return outcome;
      });
    }
    await happen("enrolled", () => waitForEnrollment(student, checkoutSessionId, parts));
    if (!alarm) await requireQuiet(checkoutSessionId, parts);
    if (scenario.isWithdrawn) {
      await happen("withdrawn", () => waitForWithdrawal(student, checkoutSessionId, parts));
    }
    return { name, breaks, steps };
  } catch (error) {
    const reason = error instanceof Error ? error.message : "something that is not an Error was thrown";
    return { name, breaks, steps, missing: { step: current, reason } };
  } finally {
    await scenario.mendIt(COURSE_ID);
  }
}

/** An alarm that is still on from before would be no sign of what is broken now. */
async function waitUntilQuiet({ alarm = ALARM_OF_LETTERS }: Scenario, parts: GameDayParts): Promise<void> {
  const { patienceMs } = parts;
  await waitFor(
    `the alarm ${alarm} to be OK`,
    patienceMs,
    async () => stateOf(alarm, parts) === "OK" || undefined,
  );
}

/** A letter would call somebody who has nothing to do. */
async function requireQuiet(checkoutSessionId: string, parts: GameDayParts): Promise<void> {
  const letter = await parts.findDeadLetter(checkoutSessionId);
  if (letter) throw new DidNotHappen(`there is a dead letter of it: ${letter.error}`);
  if (stateOf(ALARM_OF_LETTERS, parts) !== "OK") throw new DidNotHappen(`${ALARM_OF_LETTERS} has gone off`);
}

const stateOf = (alarm: string, { alarms }: GameDayParts) =>
  alarms.listAlarms().find(({ alarmId }) => alarmId === alarm)?.state;

async function openCheckout({ name, prepare }: Scenario, { stack }: GameDayParts) {
  const student = await signIn(`game-day-${name}@example.com`, stack);
  await student.readStudent();
  await prepare?.(student);
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

async function waitForAlarm(alarm: AlarmId, parts: GameDayParts): Promise<string> {
  const isOn = async () => stateOf(alarm, parts) === "ALARM" || undefined;
  await waitFor(`the alarm ${alarm}`, parts.patienceMs, isOn);
  return alarm;
}

async function waitForEnrollment(
  student: StudentSession,
  checkoutSessionId: string,
  parts: GameDayParts,
): Promise<string> {
  const { enrolledAt } = await waitFor("the enrollment", parts.patienceMs, async () => {
    const { enrollment } = await student.checkEnrollment(COURSE_ID);
    return enrollment?.stripeSessionId === checkoutSessionId ? enrollment : undefined;
  });
  return enrolledAt;
}

/** The refund is noticed, the place withdrawn, and the bookmark of the return page brings nothing back. */
async function waitForWithdrawal(
  student: StudentSession,
  checkoutSessionId: string,
  { refund, withdraw, patienceMs }: GameDayParts,
): Promise<string> {
  await refund(checkoutSessionId);
  await waitFor("the refund to be noticed", patienceMs, async () => {
    const { purchases } = await student.callApi<PurchasesAnswer>("GET", "/api/purchases");
    return purchases.find((one) => one.checkoutSessionId === checkoutSessionId)?.amountRefunded;
  });
  await withdraw(checkoutSessionId, (await student.readStudent()).userId);
  const { stage, enrolled } = await student.readCheckout(checkoutSessionId);
  if (stage !== "withdrawn" || enrolled) throw new DidNotHappen(`the return page says ${stage}`);
  return stage;
}
