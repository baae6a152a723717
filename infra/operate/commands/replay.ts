/** `npm run replay`: a changed definition, tried on what executions have done. */
import { writeFile } from "node:fs/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import { EXIT_CODES, explainExitCodes } from "#infra/command-line/exit-codes.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { describeReport } from "../replay/describe-report.ts";
import { drawEdges } from "../replay/draw-edges.ts";
import { describeSteps } from "../replay/steps/describe-steps.ts";
import { addOperatorOptions, type OperatorOptions, readAge } from "./operator-options.ts";

interface Options extends OperatorOptions {
  since: Date;
  definition?: string;
  stateMachine?: string;
  steps?: boolean;
  picture?: string;
  json?: boolean;
}

const program = explainExitCodes(
  addOperatorOptions(
    new Command("npm run replay --")
      .description(
        "Runs a definition on the inputs, answers and errors of executions that were, and tells which would go another way. Changes nothing.",
      )
      .addOption(
        new Option("--since <age>", "executions that began so long ago at most: 90s, 30m, 24h, 7d")
          .argParser(readAge)
          .default(readAge("7d"), "7d"),
      )
      .option("--definition <file>", "what is tried, instead of workflow/enrollment.asl.json")
      .addOption(
        new Option(
          "--state-machine <arn>",
          "whose executions, instead of the deployment's; takes --definition",
        ).argParser(readStateMachineArn),
      )
      .option(
        "--steps",
        "also ask today's steps what they were asked, on the table as it was; it is only read",
      )
      .option("--picture <file>", "write an SVG of the ways, with how often each is gone")
      .option("--json", "print one line of JSON"),
  ),
  "some would go another way, or could not be tried",
);

/** All of its executions: those of a version or an alias have no names of their own. */
function readStateMachineArn(text: string): string {
  if (/^arn:[^:]+:states:[^:]+:\d+:stateMachine:[^:]+$/.test(text)) return text;
  throw new InvalidArgumentError("Give a state machine's ARN, without a version or an alias.");
}

await runCommand(program, async (options: Options) => {
  if (options.stateMachine && !options.definition)
    program.error("Say what is tried on another state machine: --definition <file>.");
  if (options.stateMachine && options.steps)
    program.error("--steps are of Bursar's own state machine: leave out --state-machine.");
  const report = await showProgress("Replaying", options.json, async (announce) => {
    // Loaded late, so that help and refusals come at once.
    const { replayExecutions } = await import("../replay/replay-executions.ts");
    return replayExecutions(options, announce);
  });
  if (options.picture) await writeFile(options.picture, drawEdges(report.edges));
  if (options.json) printJson(report);
  else print([describeReport(report), ...(report.steps ? [describeSteps(report.steps)] : [])].join("\n"));
  const answeredOtherwise = report.steps?.differences ?? [];
  if (report.differences.length + report.left.length + answeredOtherwise.length > 0)
    process.exitCode = EXIT_CODES.needsPerson;
});
