/** `npm run planted-holes`: opens every attack in a copy of the sources and sees its test go red. */
import Table from "cli-table3";
import { Command } from "commander";
import { runCommand } from "#infra/command-line/run-command.ts";
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
  const wanted = only.toLowerCase();
  const holes = HOLES.filter(({ attack, hole, file }) =>
    `${attack}\n${hole}\n${file}`.toLowerCase().includes(wanted),
  );
  if (holes.length === 0) throw new Error(`No hole contains "${only}".`);

  const startedAt = Date.now();
  const readSeconds = () => Math.round((Date.now() - startedAt) / 1000);
  const results = await plantHoles(holes, (step) => {
    process.stderr.write(`${String(readSeconds()).padStart(4)} s  ${step}\n`);
  });
  process.stdout.write(
    json ? `${JSON.stringify(results, undefined, 2)}\n` : describe(results, readSeconds()),
  );

  const missed = results.filter(({ caughtBy }) => !caughtBy).length;
  if (missed > 0) throw new Error(`${missed} of ${results.length} holes were not caught.`);
});

function describe(results: PlantedHole[], seconds: number): string {
  const table = new Table({ head: ["Attack", "Hole", "Test"], style: { head: [], border: [] } });
  for (const { hole, caughtBy, notCaught } of results) {
    table.push([hole.attack, hole.hole, caughtBy ? "red" : `NOT CAUGHT: ${notCaught}`]);
  }
  const caught = results.filter(({ caughtBy }) => caughtBy).length;
  return `${table.toString()}\n${caught} of ${results.length} holes were caught, in ${seconds} s.\n`;
}
