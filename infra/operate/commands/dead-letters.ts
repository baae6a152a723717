/** `npm run dead-letters -- list|redrive`: what could not be done, and another attempt at it. */
import { Argument, Command } from "commander";
import { findQueueUrl } from "#handlers/adapters/sqs/queues.ts";
import { findLiveArn, findStateMachineArn } from "#handlers/adapters/step-functions/state-machine.ts";
import { composeDeadLetters, type DeadLetterPorts, type DeadLetterSettings } from "#handlers/composition.ts";
import { EXIT_CODES, explainExitCodes } from "#infra/command-line/exit-codes.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import type { Names } from "#infra/deployment/names.ts";
import { type DeadLetterFilter, matchesFilter } from "#workflow/dead-letters/read.ts";
import { toShown } from "../records/dead-letters.ts";
import { chooseDeployment } from "../settings.ts";
import { closeDeadLetters } from "./close-letters.ts";
import { signAs } from "./decide.ts";
import { describeLetters } from "./describe-letters.ts";
import {
  addOperatorOptions,
  addReasonOption,
  type OperatorOptions,
  readAge,
  requireReason,
  runOperatorCommand,
} from "./operator-options.ts";
import { openPlanPorts, redriveLetters, showPlan } from "./redrive-letters.ts";

interface Options extends OperatorOptions, Pick<DeadLetterFilter, "error" | "since" | "until"> {
  course?: string;
  student?: string;
  resume?: string;
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
        .option("--student <userId>", "only those of this student")
        .option("--since <age>", "only those sent since: 90s, 30m, 24h, 7d", readAge)
        .option("--until <age>", "only those that are at least as old: 90s, 30m, 24h, 7d", readAge)
        .option("--all", "all of them")
        .option("--resume <plan>", "with redrive: this plan, which was only shown, or was interrupted")
        .option("--by <name>", "with close: who decides, instead of whom the ledger names")
        .option("--dry-run", "show what would be done; what happens without --yes")
        .option("--yes", "do it")
        .option("--json", "print one line of JSON"),
    ),
    "with redrive --yes, and close: ",
  ),
  "some did not go through",
);

await runOperatorCommand(program, async (options: Options, action = "", id?: string) => {
  const { error, since, until, course: courseId, student: userId, resume } = options;
  const filter = { id, error, courseId, userId, since, until };
  const isRedrive = action === "redrive";
  if (action !== "list" && !options.all && ![...Object.values(filter), isRedrive && resume].some(Boolean)) {
    program.error("Say which: an id, --error, --course, --student, --since, --until, or --all.");
  }
  const isConfirmed = options.yes === true && !options.dryRun;
  // An interrupted plan has its reason.
  if (action === "close" || (isRedrive && isConfirmed && !resume)) requireReason(program, options.because);
  const { names } = chooseDeployment(options);
  const settings = await findSettings(names);
  const ports = composeDeadLetters(settings);
  if (action === "close") {
    const stay = await closeDeadLetters(filter, ports.queue, { ...options, yes: isConfirmed });
    if (stay > 0) process.exitCode = EXIT_CODES.needsPerson;
    return;
  }
  if (!isRedrive) return list(filter, ports, options);
  const plans = openPlanPorts({ ...settings, EDUCATION_TABLE_NAME: names.table }, ports);
  await (isConfirmed
    ? redriveLetters(filter, signAs(options), plans, options)
    : showPlan(filter, plans, options));
});

async function findSettings(names: Names): Promise<DeadLetterSettings> {
  const [STATE_MACHINE_ARN, DEAD_LETTER_QUEUE_URL] = await Promise.all([
    findStateMachineArn(names.stateMachine).then((arn) => findLiveArn(arn)),
    findQueueUrl(names.deadLetterQueue),
  ]);
  return { STATE_MACHINE_ARN, DEAD_LETTER_QUEUE_URL };
}

async function list(filter: DeadLetterFilter, { queue }: DeadLetterPorts, { json }: Options): Promise<void> {
  const letters = await showProgress("Reading the dead-letter queue", json, async () =>
    (await queue.peekDeadLetters()).filter((letter) => matchesFilter(letter, filter)),
  );
  if (json) printJson({ deadLetters: letters.map(toShown) });
  else print(describeLetters(letters));
}
