/** `npm run bench`: how fast and how cheap Bursar is, every figure beside a floor of the same run. */
import { availableParallelism, totalmem } from "node:os";
import { Command } from "commander";
import { print, printAside, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { type Cell, renderTable } from "#infra/command-line/table.ts";
import { type Figure, holds, ratioOf } from "../figure.ts";
import { FULL, QUICK, runBench, SECTION_NAMES } from "../run-bench.ts";

const program = new Command("npm run bench --")
  .description(
    "Measures Bursar against floors of the same run, in turns with them, on a stack of its own. Exits 1 if a bar is missed.",
  )
  .option(
    "--quick",
    "small sizes, to see that it works; the figures say too little for a bar to decide the exit code",
  )
  .option("--only <sections>", `some sections, separated by commas: ${SECTION_NAMES.join(", ")}`)
  .option(
    "--growth <executions>",
    "how far growth is followed, instead of 20000; 100000 take minutes",
    Number,
  )
  .option("--markdown", "print the table for a Markdown page")
  .option("--json", "print JSON and nothing else");

await runCommand(
  program,
  async (options: {
    quick?: boolean;
    only?: string;
    growth?: number;
    markdown?: boolean;
    json?: boolean;
  }) => {
    const chosen = options.only?.split(",") ?? [];
    const unknown = chosen.filter((name) => !SECTION_NAMES.includes(name));
    if (unknown.length > 0) {
      throw new Error(`There is no section ${unknown.join(", ")}; choose from ${SECTION_NAMES.join(", ")}.`);
    }
    const startedAt = Date.now();
    const figures = await runBench(sizesOf(options), chosen, (progress) => {
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      printAside(`${String(seconds).padStart(4)} s  ${progress}`);
    });
    const machine = { cores: availableParallelism(), memoryGigabytes: Math.round(totalmem() / 2 ** 30) };
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    const described = options.markdown ? describeAsMarkdown(figures) : describe(figures);
    if (options.json) printJson({ machine, seconds, figures: figures.map(withVerdict) });
    else print(`${described}\n\n${machine.cores} cores, ${machine.memoryGigabytes} GB, ${seconds} s`);

    const missed = figures.filter((figure) => !holds(figure)).length;
    if (missed > 0 && !options.quick)
      throw new Error(`${missed} of ${figures.length} figures miss their bar.`);
  },
);

function sizesOf({ quick, growth }: { quick?: boolean; growth?: number }) {
  const sizes = quick ? QUICK : FULL;
  if (growth === undefined) return sizes;
  const [first = 0, ...later] = sizes.growth;
  if (!(growth > first)) throw new Error(`--growth takes a number above ${first}.`);
  return { ...sizes, growth: [first, ...later.filter((executions) => executions < growth), growth] };
}

function withVerdict(figure: Figure) {
  return { ...figure, ratio: ratioOf(figure), holds: holds(figure) };
}

function describe(figures: Figure[]): string {
  const sections = [...new Set(figures.map((figure) => figure.section))];
  const rows = sections.flatMap((section): Cell[][] => [
    [{ colSpan: 6, content: section }],
    ...figures.filter((figure) => figure.section === section).map(describeFigure),
  ]);
  return renderTable(rows, {
    head: ["", "Ours", "Floor", "Ratio", "Bar", ""],
    colAligns: ["left", "right", "right", "right", "right", "left"],
  });
}

function describeAsMarkdown(figures: Figure[]): string {
  const rows = figures.map((figure) => [figure.section, ...describeFigure(figure)]);
  const head = [
    ["", "", "ours", "floor", "ratio", "bar", ""],
    ["---", "---", "---:", "---:", "---:", "---:", "---"],
  ];
  return [...head, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function describeFigure(figure: Figure): string[] {
  const { name, unit, ours, floor, atMost, atLeast, note } = figure;
  const bar = atMost !== undefined ? `<= ${atMost}` : atLeast !== undefined ? `>= ${atLeast}` : "";
  return [
    `${name}${unit === "count" ? "" : `, ${unit}`}`,
    round(ours),
    floor === undefined ? "" : round(floor),
    floor === undefined ? "" : round(ratioOf(figure)),
    bar,
    note ?? (bar && (holds(figure) ? "holds" : "missed")),
  ];
}

function round(value: number): string {
  return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
}
