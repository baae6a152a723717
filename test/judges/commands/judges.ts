/** `npm run judges`: the stand-ins beside what the originals, or engines that others wrote, answer. */
import { Command } from "commander";
import { EXIT_CODES } from "#infra/command-line/exit-codes.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { renderTable } from "#infra/command-line/table.ts";
import { JUDGES, type Judgement, part } from "../judges.ts";

const program = new Command("npm run judges --")
  .description(
    "Compares the stand-ins with what the real services answered. Exits 1 when they differ and nobody has said why.",
  )
  .option("--json", "print JSON and nothing else");

await runCommand(program, async ({ json }: { json?: boolean }) => {
  const judgements: Judgement[] = [];
  const skipped: { judge: string; missing: string }[] = [];
  for (const { name, missing, judge } of JUDGES) {
    const lacks = missing();
    if (lacks) skipped.push({ judge: name, missing: lacks });
    else judgements.push(part(await showProgress(`Judging ${name}`, json, judge)));
  }
  const unexplained = judgements.flatMap((judgement) => judgement.unexplained);
  if (json) printJson({ judgements, skipped });
  else print(describe(judgements, skipped));
  if (unexplained.length > 0) process.exitCode = EXIT_CODES.notDone;
});

function describe(judgements: Judgement[], skipped: { judge: string; missing: string }[]): string {
  const rows = judgements.map(({ judge, equal, refused, masked, explained, unexplained }) =>
    [judge, equal, explained.length, unexplained.length, refused, masked].map(String),
  );
  const head = ["judge", "equal", "explained", "unexplained", "refused at load", "hidden"];
  const differences = judgements.flatMap(({ judge, unexplained }) =>
    unexplained.map(
      ({ what, theirs, ours }) => `\n${judge}: ${what}\n  theirs: ${theirs}\n  ours:   ${ours}`,
    ),
  );
  const left = skipped.map(({ judge, missing }) => `Skipped: ${judge}. This machine lacks ${missing}.`);
  return [...(rows.length > 0 ? [renderTable(rows, { head })] : []), ...differences, ...left].join("\n");
}
