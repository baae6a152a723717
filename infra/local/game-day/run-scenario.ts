/** One scenario: break, pay, see the alarms and the dead letter, mend, redrive, see the enrollment. */
import type { PurchasesAnswer } from "#workflow/contract.ts";
import type { StudentSession } from "../student-session.ts";
import type { Scenario, ScenarioResult, StepResult } from "./game-day.ts";
import { recordSteps } from "./record-steps.ts";
import { COURSE_ID, type Tools } from "./tools.ts";
import { DidNotHappen, waitFor } from "./wait-for.ts";
import { isQuiet, type WatchedAlarms, waitForAlarms, waitUntilQuiet } from "./watched-alarms.ts";

/** What an operator looks at when nobody is to be called. */
const ALARM_OF_LETTERS = "DeadLetters";

/** @param report told of each step as it happens */
export async function runScenario(
  scenario: Scenario,
  tools: Tools,
  watched: WatchedAlarms,
  report: (result: StepResult) => void,
): Promise<ScenarioResult> {
  const { alarms, mendIt } = scenario;
  const { patienceMs } = watched;
  return recordSteps(scenario, "paid", report, async (happen, start) => {
    await waitUntilQuiet(alarms.length > 0 ? alarms : [ALARM_OF_LETTERS], watched);
    const student = await tools.newStudent(scenario.name);
    await scenario.prepare?.(student);
    const { checkoutSessionId, pay } = await tools.openCheckout(student);
    const since = start();
    await scenario.breakDependency(COURSE_ID);
    await happen("paid", pay);
    await scenario.whenPaid?.(checkoutSessionId);
    if (alarms.length > 0) await happen("alarm", () => waitForAlarms(alarms, since, watched));
    if (scenario.isDeadLetter)
      await happen("dead letter", () => waitForLetter(checkoutSessionId, tools, watched));
    if (alarms.length > 0) {
      await happen("mended", async () => {
        await mendIt(COURSE_ID, checkoutSessionId);
        return "";
      });
    }
    if (scenario.isDeadLetter) await happen("redriven", () => redrive(checkoutSessionId, tools));
    await happen("enrolled", () => tools.waitForEnrollment(student, checkoutSessionId, patienceMs));
    if (alarms.length === 0) await requireQuiet(checkoutSessionId, tools, watched);
    if (scenario.isWithdrawn)
      await happen("withdrawn", () => withdraw(student, checkoutSessionId, tools, watched));
    // Of the quiet ones nobody had to mend anything.
    await mendIt(COURSE_ID);
  });
}

async function waitForLetter(checkoutSessionId: string, { operator }: Tools, { patienceMs }: WatchedAlarms) {
  const find = () => operator.findLetter(checkoutSessionId);
  return (await waitFor("a dead letter of the purchase", patienceMs, find)).error;
}

async function redrive(checkoutSessionId: string, { operator }: Tools): Promise<string> {
  const outcome = await operator.redrive(checkoutSessionId);
  if (outcome !== "succeeded") throw new DidNotHappen(`the redrive ended ${outcome}`);
  return outcome;
}

/** A letter would call somebody who has nothing to do. */
async function requireQuiet(
  checkoutSessionId: string,
  { operator }: Tools,
  watched: WatchedAlarms,
): Promise<void> {
  const letter = await operator.findLetter(checkoutSessionId);
  if (letter) throw new DidNotHappen(`there is a dead letter of it: ${letter.error}`);
  if (!isQuiet(ALARM_OF_LETTERS, watched)) throw new DidNotHappen(`${ALARM_OF_LETTERS} has gone off`);
}

/** The refund is noticed, the place withdrawn, and the bookmark of the return page brings nothing back. */
async function withdraw(
  student: StudentSession,
  checkoutSessionId: string,
  { stripe, operator }: Tools,
  { patienceMs }: WatchedAlarms,
): Promise<string> {
  await stripe.refund(checkoutSessionId);
  await waitFor("the refund to be noticed", patienceMs, async () => {
    const { purchases } = await student.callApi<PurchasesAnswer>("GET", "/api/purchases");
    return purchases.find((one) => one.checkoutSessionId === checkoutSessionId)?.amountRefunded;
  });
  await operator.decide("withdrawn", checkoutSessionId, (await student.readStudent()).userId);
  const { stage, enrolled } = await student.readCheckout(checkoutSessionId);
  if (stage !== "withdrawn" || enrolled) throw new DidNotHappen(`the return page says ${stage}`);
  return stage;
}
