/** `npm run demo`: a purchase from sign-in to enrollment, without a browser, on a stack of its own. */
import { Command } from "commander";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { describeDemo } from "../purchase-demo-report.ts";

const program = new Command("npm run demo --")
  .description(
    "Starts Bursar on free ports, buys TEST-COURSE-003 as Ada through the real API, follows the execution, " +
      "and shows what a declined card and a replayed webhook do. Exits 0 if all of it went as it should.",
  )
  .option("--json", "print the result as JSON and nothing else");

await runCommand(program, async (options: { json?: boolean }) => {
  const report = (line: string) => {
    if (!options.json) print(line);
  };
  report("Starting Bursar on free ports");
  // Loaded late, so that help comes at once.
  const { withOwnStack } = await import("../own-stack.ts");
  const { runPurchaseDemo } = await import("../purchase-demo.ts");
  const announce = (step: string) => report(`  ${step}`);
  const result = await withOwnStack({}, announce, (stack) => runPurchaseDemo(stack, report));
  if (options.json) printJson(result);
  else print(describeDemo(result));
});
