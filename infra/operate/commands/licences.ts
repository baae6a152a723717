/** `npm run licences`: what is installed, counted by licence, as the lockfile tells it. */
import { Command } from "commander";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { renderTable } from "#infra/command-line/table.ts";
import { type InstalledPackage, readInstalledPackages } from "../packages/installed.ts";
import { findForbidden } from "../packages/licence-rules.ts";

const program = new Command("npm run licences --")
  .description(
    "Counts the dependencies of Bursar, its own and theirs, by licence. Exit code 1: one may not be used.",
  )
  .option("--packages", "list every package")
  .option("--json", "print JSON: every package with its version and licence");

await runCommand(program, async (options: { packages?: boolean; json?: boolean }) => {
  const installed = readInstalledPackages();
  if (options.json) printJson(installed);
  else print(options.packages ? describePackages(installed) : describeCounts(installed));
  const forbidden = findForbidden(installed);
  if (forbidden.length > 0) throw new Error(explainForbidden(forbidden));
});

function describeCounts(installed: InstalledPackage[]): string {
  const licences = [...new Set(installed.map(({ licence }) => licence))];
  const count = (licence: string | undefined, production: boolean) =>
    installed.filter((found) => (!licence || found.licence === licence) && found.production === production)
      .length;
  const rows = [
    ...licences
      .map((licence) => [licence, count(licence, true), count(licence, false)] as const)
      .toSorted(([, one, more], [, other, others]) => other - one || others - more)
      .map((row) => [...row]),
    ["All", count(undefined, true), count(undefined, false)],
  ];
  return renderTable(rows, {
    head: ["Licence", "Run time", "Build and test"],
    colAligns: ["left", "right", "right"],
  });
}

function explainForbidden(forbidden: InstalledPackage[]): string {
  const list = forbidden.map(({ name, version, licence }) => `${name}@${version} (${licence})`).join(", ");
  return `Nobody has said that these may be used, see licence-rules.ts: ${list}.`;
}

function describePackages(installed: InstalledPackage[]): string {
  return installed
    .map(({ name, version, licence, production, shipped }) =>
      [
        shipped ? "shipped" : production ? "deploys" : "builds ",
        licence.padEnd(26),
        `${name}@${version}`,
      ].join("  "),
    )
    .join("\n");
}
