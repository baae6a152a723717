/** `npm run demo`: a purchase from sign-in to enrollment, without a browser, on a stack of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { runCommand } from "#infra/command-line/run-command.ts";
import { findFreePorts } from "../ports.ts";
import { runPurchaseDemo } from "../purchase-demo.ts";
import { describeDemo } from "../purchase-demo-report.ts";
import { STAND_IN_STRIPE } from "../settings.ts";
import { startStack } from "../stack.ts";

const program = new Command("npm run demo --")
  .description(
    "Starts Bursar on free ports, buys TEST-COURSE-003 as Ada through the real API, follows the execution, " +
      "and shows what a declined card and a replayed webhook do. Exits 0 if all of it went as it should.",
  )
  .option("--json", "print the result as JSON and nothing else");

await runCommand(program, async (options: { json?: boolean }) => {
  const say = (line: string) => {
    if (!options.json) process.stdout.write(`${line}\n`);
  };
  const dataDir = await mkdtemp(path.join(tmpdir(), "bursar-demo-"));
  try {
    const ports = await findFreePorts();
    say("Starting Bursar on free ports");
    const settings = { ports, dataDir, stripe: STAND_IN_STRIPE, withClient: false };
    const stack = await startStack(settings, (step) => say(`  ${step}`));
    try {
      const result = await runPurchaseDemo(stack, say);
      process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : describeDemo(result));
    } finally {
      await stack.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
