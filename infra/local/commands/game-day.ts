/** `npm run game-day`: breaks one dependency after another on a stack of its own, and repairs what comes of it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { runCommand } from "#infra/command-line/run-command.ts";
import { describeGameDay } from "../game-day/describe-game-day.ts";
import { runGameDay, TIMES_FASTER } from "../game-day/run-game-day.ts";
import { findFreePorts } from "../ports.ts";
import { STAND_IN_STRIPE } from "../settings.ts";
import { startStack } from "../stack.ts";

interface Options {
  only: string[];
  patience: string;
  breakCatcher?: boolean;
  json?: boolean;
}

const program = new Command("npm run game-day --")
  .description(
    "Starts Bursar on free ports, breaks one dependency after another while a student pays, and shows alarm, dead letter, " +
      `mend, redrive and enrollment. Alarms run ${TIMES_FASTER} times faster than on AWS. Exits 0 if every step happened.`,
  )
  .option("--only <names...>", "only these scenarios, e.g. course-removed table-refuses", [])
  .option("--patience <seconds>", "how long a step may take", "90")
  .option("--break-catcher", "let the state machine's catchers catch nothing: the game day must then fail")
  .option("--json", "print the result as one line of JSON");

await runCommand(program, async (options: Options) => {
  const say = (line: string) => {
    if (!options.json) process.stdout.write(`${line}\n`);
  };
  process.env["POWERTOOLS_LOG_LEVEL"] ??= "SILENT"; // what is broken on purpose would fill the page
  const dataDir = await mkdtemp(path.join(tmpdir(), "bursar-game-day-"));
  try {
    say("Starting Bursar on free ports");
    const stack = await startStack(
      {
        ports: await findFreePorts(),
        dataDir,
        stripe: STAND_IN_STRIPE,
        withClient: false,
        ...(options.breakCatcher && { alterDefinition: withBlindCatchers }),
      },
      () => {},
    );
    const { stripeUrl } = stack;
    try {
      if (!stripeUrl) throw new Error("A game day needs the Stripe stand-in.");
      const results = await runGameDay({
        stack: { ...stack, stripeUrl },
        only: options.only,
        patienceMs: Number(options.patience) * 1000,
        onScenario: (breaks) => say(`\n${breaks}`),
        onStep: ({ step, atMs, detail }) =>
          say(`  ${(atMs / 1000).toFixed(1).padStart(6)} s  ${step.padEnd(11)}  ${detail}`),
      });
      process.stdout.write(
        options.json ? `${JSON.stringify({ scenarios: results })}\n` : describeGameDay(results),
      );
      if (results.some(({ missing }) => missing)) process.exitCode = 1;
    } finally {
      await stack.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

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
