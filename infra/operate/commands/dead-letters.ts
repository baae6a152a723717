/** `npm run dead-letters -- list|redrive`: what could not be done, and another attempt at it. */
import Table from "cli-table3";
import { Argument, Command } from "commander";
import { findQueueUrl } from "#handlers/adapters/sqs/queues.ts";
import { findStateMachineArn } from "#handlers/adapters/step-functions/state-machine.ts";
import { composeDeadLetters } from "#handlers/composition.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { type DeadLetter, type DeadLetterFilter, matchesFilter } from "#workflow/dead-letters/read.ts";
import {
  groupByExecution,
  type RedriveDeadLettersPorts,
  type Redriven,
  redriveDeadLetters,
  takeDeadLetters,
} from "#workflow/dead-letters/redrive.ts";
import { addOperatorOptions, chooseDeployment, EXIT, type OperatorOptions, readAge } from "./operator.ts";

interface Options extends OperatorOptions, Pick<DeadLetterFilter, "error" | "since"> {
  course?: string;
  all?: boolean;
  dryRun?: boolean;
  yes?: boolean;
  json?: boolean;
}

const program = addOperatorOptions(
  new Command("npm run dead-letters --")
    .description(
      "Lists dead letters, or redrives their executions and deletes each letter once its purchase has gone through.\n" +
        "Exit code 0: all is well. 3: some did not go through. 4: it could not look.",
    )
    .addArgument(new Argument("<action>", "what to do").choices(["list", "redrive"]))
    .argument("[id]", "only the one of this event, execution, checkout session or message")
    .option("--error <name>", "only those of this error, e.g. AmountMismatch")
    .option("--course <courseId>", "only those of this course")
    .option("--since <age>", "only those sent since: 90s, 30m, 24h, 7d", readAge)
    .option("--all", "all of them")
    .option("--dry-run", "show what would be redriven; what happens without --yes")
    .option("--yes", "redrive them")
    .option("--json", "print one line of JSON"),
);

await runCommand(program, async (options: Options, action = "", id?: string) => {
  const filter = { id, error: options.error, courseId: options.course, since: options.since };
  const isRedrive = action === "redrive";
  if (isRedrive && !options.all && !Object.values(filter).some(Boolean)) {
    program.error("Say which: an id, --error, --course, --since, or --all.");
  }
  const isReal = isRedrive && options.yes === true && !options.dryRun;
  const looked = await look(options, filter, isReal).catch((error: unknown) => {
    process.stderr.write(`\nIt could not look: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT.couldNotLook;
  });
  if (!looked) return;
  const { letters, ports } = looked;
  if (!isReal) {
    process.stdout.write(options.json ? toJson({ letters }) : describeLetters(letters, isRedrive));
    return;
  }
  const redriven = await redriveAll(letters, ports, options.json);
  process.stdout.write(options.json ? toJson({ redriven }) : describeRedriven(redriven));
  if (redriven.some(({ outcome }) => outcome !== "succeeded")) process.exitCode = EXIT.found;
});

/** @param take true: out of everybody else's sight, for a redrive */
async function look(options: Options, filter: DeadLetterFilter, take: boolean) {
  const { stateMachine, deadLetterQueue } = chooseDeployment(options);
  return showProgress("Reading the dead-letter queue", options.json, async () => {
    const [STATE_MACHINE_ARN, DEAD_LETTER_QUEUE_URL] = await Promise.all([
      findStateMachineArn(stateMachine),
      findQueueUrl(deadLetterQueue),
    ]);
    const ports = composeDeadLetters({ STATE_MACHINE_ARN, DEAD_LETTER_QUEUE_URL });
    const letters = take
      ? await takeDeadLetters(filter, ports.queue)
      : (await ports.queue.peekDeadLetters()).filter((letter) => matchesFilter(letter, filter));
    return { letters, ports };
  });
}

function redriveAll(letters: DeadLetter[], ports: RedriveDeadLettersPorts, quiet: boolean | undefined) {
  const groups = groupByExecution(letters);
  return showProgress(`Redriving ${groups.length}`, quiet, (announce) => {
    let done = 0;
    return redriveDeadLetters(groups, ports, ({ executionName, outcome }) => {
      done += 1;
      announce(`${done} of ${groups.length}: ${executionName ?? "none"} ${outcome}`);
    });
  });
}

function toJson({ letters, redriven }: { letters?: DeadLetter[]; redriven?: Redriven[] }): string {
  const visible = (list: DeadLetter[]) =>
    list.map(({ receiptHandle: _handle, event: _event, ...letter }) => letter);
  return `${JSON.stringify({
    ...(letters && { deadLetters: visible(letters) }),
    ...(redriven && { redriven: redriven.map((one) => ({ ...one, letters: visible(one.letters) })) }),
  })}\n`;
}

function describeLetters(letters: DeadLetter[], isRedrive: boolean): string {
  if (letters.length === 0) return "\nThere are none.\n";
  const table = new Table({
    head: ["Sent", "Error", "Student", "Course", "Session", "Execution"],
    style: { head: [], border: [] },
  });
  table.push(
    ...letters.map(({ sentAt, error, userId, courseId, checkoutSessionId, executionName }) =>
      [sentAt, error, userId, courseId, checkoutSessionId, executionName].map((cell) => cell ?? "-"),
    ),
  );
  const executions = groupByExecution(letters).length;
  const wouldDo = isRedrive ? `This would redrive ${executions} of them; --yes does it.\n` : "";
  return `\n${table.toString()}\nDead letters: ${letters.length}, of executions: ${executions}.\n${wouldDo}`;
}

function describeRedriven(redriven: Redriven[]): string {
  if (redriven.length === 0) return "\nThere are none.\n";
  const table = new Table({
    head: ["Execution", "Was", "Is now", "Letters"],
    style: { head: [], border: [] },
  });
  table.push(
    ...redriven.map(({ executionName, letters, outcome }) => [
      executionName ?? "-",
      letters[0]?.error ?? "-",
      outcome,
      `${letters.length} ${outcome === "succeeded" ? "deleted" : "kept"}`,
    ]),
  );
  return `\n${table.toString()}\n`;
}
