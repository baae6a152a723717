import { expect, onTestFinished, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { STATE_MACHINE_ARN as stateMachineArn } from "#infra/local/names.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { startConsole } from "#infra/operate/console/start-console.ts";
import type { Dossier } from "#infra/operate/dossier/dossier.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { endpointsOf, runNpmCommand, type Script } from "#test/support/run-npm-command.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import type { LedgerEntry } from "#workflow/ledger/entry.ts";

/** Milliseconds; every command is a process of its own. */
const PATIENT = { timeout: 120_000 };
const { stack, clients } = useRunningStack();

async function run<Answer>(script: Script, ...words: string[]): Promise<Answer> {
  const { stdout } = await runNpmCommand(script, [...words, "--json"], endpointsOf(stack));
  return JSON.parse(stdout) as Answer;
}

const redrive = () =>
  run<{ redriven: { outcome: string; told: string }[] }>(
    "dead-letters",
    "redrive",
    "evt_again",
    "--because",
    "mended",
    "--yes",
  );

test(
  "a redrive that failed again says what is different, where it is given, in the ledger and about the purchase",
  PATIENT,
  async () => {
    const course = { ...paidCourse, courseId: "COURSE-again" };
    await clients.putItem(studentItem({ ...student, userId: "user-again" }));
    await clients.deliver(purchaseEvent("again", { courseId: course.courseId }));
    await followExecution(clients.sfn, "evt_again");

    const asBefore = "It has failed again as before: CourseNotFound at ValidateSession.";
    expect(await redrive()).toMatchObject({
      redriven: [{ outcome: "failed", told: `evt_again: failed. ${asBefore}` }],
    });
    await clients.putItem(courseItem({ ...course, unitAmount: 9900 }));
    const another =
      "It has failed again with another error: AmountMismatch instead of CourseNotFound, also at ValidateSession.";
    expect(await redrive()).toMatchObject({
      redriven: [{ outcome: "failed", told: `evt_again: failed. ${another}` }],
    });

    const { entries } = await run<{ entries: LedgerEntry[] }>(
      "ops",
      "ledger",
      "evt_again",
      "--action",
      "redrive",
    );
    expect(entries.map(({ outcome }) => outcome?.text)).toEqual([
      `evt_again: failed. ${another}`,
      `evt_again: failed. ${asBefore}`,
    ]);
    const dossier = await run<Dossier>("find", "evt_again");
    const executions = dossier.purchases.flatMap((purchase) => purchase.executions);
    expect(executions.map(({ name, repeat }) => [name, repeat])).toEqual([["evt_again", another]]);
    const console = await startConsole({ port: 0, aws: awsOf(stack), stateMachineArn, mayRedrive: false });
    onTestFinished(() => console.close());
    const response = await fetch(`${console.url}/api/executions/evt_again`);
    expect(await response.json()).toMatchObject({ name: "evt_again", repeat: another });
  },
);
