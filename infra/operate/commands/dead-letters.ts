/** `npm run dead-letters -- list|redrive`: what could not be done, and another attempt at it. */
import { Argument, Command } from "commander";
import { findQueueUrl } from "#handlers/adapters/sqs/queues.ts";
import { findStateMachineArn } from "#handlers/adapters/step-functions/state-machine.ts";
import { composeDeadLetters, type DeadLetterPorts } from "#handlers/composition.ts";
import { EXIT_CODES, explainExitCodes } from "#infra/command-line/exit-codes.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { type DeadLetterFilter, matchesFilter } from "#workflow/dead-letters/read.ts";
import { redriveMatching } from "../acts/letters.ts";
import { toShown } from "../records/dead-letters.ts";
import { chooseDeployment } from "../settings.ts";
import { closeDeadLetters } from "./close-letters.ts";
import { signAs } from "./decide.ts";
import { describeLetters, describeRedriven } from "./describe-letters.ts";
import {
  addOperatorOptions,
  addReasonOption,
  type OperatorOptions,
  readAge,
  requireReason,
} from "./operator-options.ts";

interface Options extends OperatorOptions, Pick<DeadLetterFilter, "error" | "since"> {
  course?: string;
  because?: string;
  by?: string;
  all?: boolean;
  dryRun?: boolean;
  yes?: boolean;
  json?: boolean;
}

const program = explainExitCodes(
  addReasonOption(
    addOperatorOptions(
      new Command("npm run dead-letters --")
        .description(
          "Lists dead letters; redrives their executions and deletes each letter once its purchase has gone through; or closes\n" +
            "them by a decision that stays on the purchase (--because), when nothing more is to be delivered.",
        )
        .addArgument(new Argument("<action>", "what to do").choices(["list", "redrive", "close"]))
        .argument("[id]", "only the one of this event, execution, checkout session or message")
        .option("--error <name>", "only those of this error, e.g. AmountMismatch")
        .option("--course <courseId>", "only those of this course")
        .option("--since <age>", "only those sent since: 90s, 30m, 24h, 7d", readAge)
        .option("--all", "all of them")
        .option("--by <name>", "with close: who decides, instead of the name of this machine's user")
        .option("--dry-run", "show what would be done; what happens without --yes")
        .option("--yes", "do it")
        .option("--json", "print one line of JSON"),
    ),
    "with redrive --yes, and close: ",
  ),
  "some did not go through",
);

await runCommand(program, async (options: Options, action = "", id?: string) => {
  const filter = { id, error: options.error, courseId: options.course, since: options.since };
  const isRedrive = action === "redrive";
  if (action !== "list" && !options.all && !Object.values(filter).some(Boolean)) {
    program.error("Say which: an id, --error, --course, --since, or --all.");
  }
  const isConfirmed = options.yes === true && !options.dryRun;
  if (action === "close" || (isRedrive && isConfirmed)) requireReason(program, options.because);
  const ports = await openPorts(options);
  if (action === "close") {
    const stay = await closeDeadLetters(filter, ports.queue, { ...options, yes: isConfirmed });
    if (stay > 0) process.exitCode = EXIT_CODES.needsPerson;
    return;
  }
  if (isRedrive && isConfirmed) await redrive(filter, ports, options);
  else await list(filter, ports, options, isRedrive);
});

async function openPorts(options: Options): Promise<DeadLetterPorts> {
  const { names } = chooseDeployment(options);
  const [STATE_MACHINE_ARN, DEAD_LETTER_QUEUE_URL] = await Promise.all([
    findStateMachineArn(names.stateMachine),
    findQueueUrl(names.deadLetterQueue),
  ]);
  return composeDeadLetters({ STATE_MACHINE_ARN, DEAD_LETTER_QUEUE_URL });
}

async function list(
  filter: DeadLetterFilter,
  { queue }: DeadLetterPorts,
  { json }: Options,
  isRedrive: boolean,
): Promise<void> {
  const letters = await showProgress("Reading the dead-letter queue", json, async () =>
    (await queue.peekDeadLetters()).filter((letter) => matchesFilter(letter, filter)),
  );
  if (json) printJson({ deadLetters: letters.map(toShown) });
  else print(describeLetters(letters, isRedrive));
}

async function redrive(filter: DeadLetterFilter, ports: DeadLetterPorts, options: Options): Promise<void> {
  const { json } = options;
  const redriven = await showProgress("Redriving", json, (announce) =>
    redriveMatching(filter, signAs(options), ports, ({ executionName, outcome }, done, all) =>
      announce(`${done} of ${all}: ${executionName ?? "none"} ${outcome}`),
    ),
  );
  if (json) printJson({ redriven: redriven.map((one) => ({ ...one, letters: one.letters.map(toShown) })) });
  else print(describeRedriven(redriven));
  if (redriven.some(({ outcome }) => outcome !== "succeeded")) process.exitCode = EXIT_CODES.needsPerson;
}
