/** `npm run sbom`: the software bill of materials of what is shipped. */
import { Command } from "commander";
import { printJson } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { describeBill } from "../packages/describe-bill.ts";
import { readInstalledPackages } from "../packages/installed.ts";
import { SHIPPED } from "../packages/shipped.ts";

const program = new Command("npm run sbom --")
  .description("Prints what the functions and the client are made of, as CycloneDX JSON. Needs no network.")
  .addHelpText("after", "\nUse `npm run --silent sbom > sbom.json`: npm itself prints a line otherwise.");

await runCommand(program, async () => {
  const { name, version, license: licence, dependencies } = packageJson;
  // Versions are exact.
  const needs = Object.entries(dependencies)
    .filter(([needed]) => SHIPPED.includes(needed))
    .map(([needed, exactly]) => `${needed}@${exactly}`);
  printJson(describeBill({ name, version, licence, needs }, readInstalledPackages()), 2);
});
