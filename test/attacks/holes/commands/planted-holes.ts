/** `npm run planted-holes`: opens every attack in a copy of the sources and sees its test go red. */
import { Command } from "commander";
import { explainMissingDevelopment } from "#infra/command-line/explain-missing-package.js";
import { print, printAside, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { renderTable } from "#infra/command-line/table.ts";
import { HOLES } from "../holes.ts";
import { type PlantedHole, plantHoles } from "../plant-holes.ts";

const program = new Command("npm run planted-holes --")
  .description(
    "Plants holes in a copy of the sources, one after another, and runs the test that must then fail. The sources stay as they are.",
  )
  .option("--only <text>", "holes whose attack, description or file contains this")
  .option("--json", "print JSON and nothing else")
  .addHelpText("after", "\nExit code: 0 every hole was caught, 1 one was not, or could not be planted.");

// Without this the copy of the sources would stay behind.
process.once("SIGINT", () => process.exit(130));

await runCommand(program, async ({ only = "", json }: { only?: string; json?: boolean }) => {
  const missing = explainMissingDevelopment();
  if (missing) throw new Error(missing);
  const wanted = only.toLowerCase();
  const holes = HOLES.filter(({ attack, hole, file }) =>
    `${attack}\n${hole}\n${file}`.toLowerCase().includes(wanted),
  );
  if (holes.length === 0) throw new Error(`No hole contains "${only}".`);

  const startedAt = Date.now();
  const readSeconds = () => Math.round((Date.now() - startedAt) / 1000);
  const results = await plantHoles(holes, (step) => {
    printAside(`${String(readSeconds()).padStart(4)} s  ${step}`);
  });
  if (json) printJson(results, 2);
  else print(describe(results, readSeconds()));

  const missed = results.filter(({ caughtBy }) => !caughtBy).length;
  if (missed > 0) throw new Error(`${missed} of ${results.length} holes were not caught.`);
});

function describe(results: PlantedHole[], seconds: number): string {
  const rows = results.map(({ hole, caughtBy, notCaught }) => [
    hole.attack,
    hole.hole,
    caughtBy ? "red" : `NOT CAUGHT: ${notCaught}`,
  ]);
  const caught = results.filter(({ caughtBy }) => caughtBy).length;
  const table = renderTable(rows, { head: ["Attack", "Hole", "Test"] });
  return `${table}\n${caught} of ${results.length} holes were caught, in ${seconds} s.`;
}
