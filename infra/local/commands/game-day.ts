/** `npm run game-day`: breaks one dependency after another on a stack of its own, and repairs what comes of it. */
import { Command, InvalidArgumentError } from "commander";
import { EXIT_CODES } from "#infra/command-line/exit-codes.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { describeGameDay } from "../game-day/describe-game-day.ts";
import { EXECUTION_SECONDS, OVERFLOW_VISIBILITY_SECONDS, TIMES_FASTER } from "../game-day/game-day.ts";

interface Options {
  only: string[];
  patience: number;
  breakCatcher?: boolean;
  json?: boolean;
}

const program = new Command("npm run game-day --")
  .description(
    "Starts Bursar on free ports, breaks one dependency after another while a student pays, and shows alarm, dead letter, " +
      `mend, redrive and enrollment. Alarms run ${TIMES_FASTER} times faster than on AWS. Exits 0 if every step happened.`,
  )
  .option("--only <names...>", "only these scenarios, e.g. course-removed table-refuses", [])
  .option("--patience <seconds>", "how long a step may take", readSeconds, 90)
  .option("--break-catcher", "let the state machine's catchers catch nothing: the game day must then fail")
  .option("--json", "print the result as one line of JSON");

await runCommand(program, async (options: Options) => {
  const report = (line: string) => {
    if (!options.json) print(line);
  };
  report("Starting Bursar on free ports");
  // Loaded late, so that help comes at once.
  const { withOwnStack } = await import("../own-stack.ts");
  const { runGameDay } = await import("../game-day/run-game-day.ts");
  const changed = {
    overflowVisibilitySeconds: OVERFLOW_VISIBILITY_SECONDS,
    timesFaster: TIMES_FASTER,
    isThrottled: true,
    logLevel: "SILENT" as const, // what is broken on purpose would fill the page
    alterDefinition: options.breakCatcher ? withBlindCatchers : withTimeLimit,
  };
  const results = await withOwnStack(
    changed,
    () => {},
    (stack) =>
      runGameDay({
        stack,
        only: options.only,
        patienceMs: options.patience * 1000,
        onScenario: (breaks) => report(`\n${breaks}`),
        onStep: ({ step, atMs, detail }) =>
          report(`  ${(atMs / 1000).toFixed(1).padStart(6)} s  ${step.padEnd(11)}  ${detail}`),
      }),
  );
  if (options.json) printJson({ scenarios: results });
  else print(describeGameDay(results));
  if (results.some(({ missing }) => missing)) process.exitCode = EXIT_CODES.notDone;
});

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0)) throw new InvalidArgumentError("It must be a number of seconds.");
  return seconds;
}

function withTimeLimit(definition: string): string {
  return JSON.stringify({ ...(JSON.parse(definition) as object), TimeoutSeconds: EXECUTION_SECONDS });
}

/** A definition without any way to the dead-letter queue would not be accepted; one whose catchers match nothing is. */
function withBlindCatchers(definition: string): string {
  return JSON.stringify(
    JSON.parse(definition, (key, value: unknown) =>
      key === "Catch"
        ? (value as object[]).map((catcher) => ({ ...catcher, ErrorEquals: ["NoErrorIsCalledThis"] }))
        : value,
    ),
  );
}
