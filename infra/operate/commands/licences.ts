/** `npm run licences`: what is installed, counted by licence, as the lockfile tells it. */
import { Command } from "commander";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { renderTable } from "#infra/command-line/table.ts";
import { type InstalledPackage, readInstalledPackages } from "../packages/installed.ts";
import { findForbidden } from "../packages/licence-rules.ts";
import { measureSizes, type PackageSize } from "../packages/measure-sizes.ts";

const PURPOSES = ["shipped", "runs", "develops"] as const;
type Purpose = (typeof PURPOSES)[number];

const purposeOf = ({ shipped, runs }: InstalledPackage): Purpose =>
  shipped ? "shipped" : runs ? "runs" : "develops";

/** Which the README of the one-machine deployment explains. */
const LARGEST = 10;

const sumOf = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0);

const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);

const program = new Command("npm run licences --")
  .description(
    "Counts the dependencies of Bursar, its own and theirs, by licence. Exit code 1: one may not be used.",
  )
  .option("--packages", "list every package")
  .option("--sizes", "list the ten largest, with the megabytes that they take, and what all take")
  .option("--json", "print JSON: every package with its version and licence");

await runCommand(program, async (options: { packages?: boolean; sizes?: boolean; json?: boolean }) => {
  const installed = readInstalledPackages();
  if (options.json) printJson(installed);
  else if (options.sizes) print(describeSizes(measureSizes()));
  else print(options.packages ? describePackages(installed) : describeCounts(installed));
  const forbidden = findForbidden(installed);
  if (forbidden.length > 0) throw new Error(explainForbidden(forbidden));
});

function describeCounts(installed: InstalledPackage[]): string {
  const licences = [...new Set(installed.map(({ licence }) => licence))];
  const count = (licence: string | undefined, purpose: Purpose) =>
    installed.filter((found) => (!licence || found.licence === licence) && purposeOf(found) === purpose)
      .length;
  const counts = (licence?: string) => PURPOSES.map((purpose) => count(licence, purpose));
  const rows = [
    ...licences
      .map((licence) => ({ licence, numbers: counts(licence) }))
      .toSorted((one, other) => sumOf(other.numbers) - sumOf(one.numbers))
      .map(({ licence, numbers }) => [licence, ...numbers]),
    ["All", ...counts()],
  ];
  return renderTable(rows, {
    head: ["Licence", "Shipped", "Run", "Deploy, check and test"],
    colAligns: ["left", "right", "right", "right"],
  });
}

function describeSizes(sizes: PackageSize[]): string {
  const rows = [
    ...sizes.slice(0, LARGEST).map(({ name, bytes }) => [name, megabytes(bytes)]),
    [`All ${sizes.length}`, megabytes(sumOf(sizes.map(({ bytes }) => bytes)))],
  ];
  return renderTable(rows, { head: ["Package", "MB"], colAligns: ["left", "right"] });
}

function explainForbidden(forbidden: InstalledPackage[]): string {
  const list = forbidden.map(({ name, version, licence }) => `${name}@${version} (${licence})`).join(", ");
  return `Nobody has said that these may be used, see licence-rules.ts: ${list}.`;
}

function describePackages(installed: InstalledPackage[]): string {
  return installed
    .map((found) =>
      [purposeOf(found).padEnd(8), found.licence.padEnd(26), `${found.name}@${found.version}`].join("  "),
    )
    .join("\n");
}
