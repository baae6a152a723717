/** `npm run licences`: what is installed, counted by licence, as the lockfile tells it. */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import * as z from "zod";
import { print, printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { renderTable } from "#infra/command-line/table.ts";

const lockfileSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().default("not stated"),
      dev: z.boolean().default(false),
    }),
  ),
});

interface InstalledPackage {
  name: string;
  version: string;
  licence: string;
  /** Needed at run time, directly or not; the others build and test. */
  production: boolean;
}

const program = new Command("npm run licences --")
  .description("Counts the dependencies of Bursar, its own and theirs, by licence.")
  .option("--packages", "list every package")
  .option("--json", "print JSON: every package with its version and licence");

await runCommand(program, async (options: { packages?: boolean; json?: boolean }) => {
  const installed = readInstalledPackages();
  if (options.json) printJson(installed);
  else print(options.packages ? describePackages(installed) : describeCounts(installed));
});

/** Copies of one version count once. */
function readInstalledPackages(): InstalledPackage[] {
  const text = readFileSync(new URL("../../../package-lock.json", import.meta.url), "utf8");
  const byName = new Map<string, InstalledPackage>();
  for (const [place, entry] of Object.entries(lockfileSchema.parse(JSON.parse(text)).packages)) {
    const name = place.split("node_modules/").at(-1);
    if (!name || !entry.version) continue;
    const key = `${name}@${entry.version}`;
    const production = !entry.dev || byName.get(key)?.production === true;
    byName.set(key, { name, version: entry.version, licence: entry.license, production });
  }
  return [...byName.values()].sort((one, other) => one.name.localeCompare(other.name));
}

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

function describePackages(installed: InstalledPackage[]): string {
  return installed
    .map(({ name, version, licence, production }) =>
      [production ? "run time" : "build   ", licence.padEnd(26), `${name}@${version}`].join("  "),
    )
    .join("\n");
}
