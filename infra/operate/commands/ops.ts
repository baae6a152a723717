/** `npm run ops -- find <id>`: the dossier of a purchase, from any id that somebody has in their hand. */
import { Argument, Command } from "commander";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { PRODUCTION } from "#infra/deployment/names.ts";
import { describeDossier } from "../dossier/describe-dossier.ts";
import { findDossier } from "../dossier/find-dossier.ts";
import { openSources } from "../dossier/sources.ts";
import { addOperatorOptions, chooseDeployment, EXIT, type OperatorOptions } from "./operator.ts";

const program = addOperatorOptions(
  new Command("npm run ops --")
    .description(
      "Finds a purchase: checkout session, deliveries, executions, enrollment, dead letters, and what to do next.\n" +
        "Exit code 0: found. 3: nothing found. 1: it could not look.",
    )
    .addArgument(new Argument("<action>", "what to do").choices(["find"]))
    .argument("<id>", "an e-mail address, user id, cs_..., pi_..., cus_..., evt_... or course id")
    .option("--json", "print the dossier as one line of JSON"),
);

await runCommand(program, async (options: OperatorOptions & { json?: boolean }, _action = "", id = "") => {
  const dossier = await showProgress(`Looking for ${id}`, options.json, async () => ({
    found: await findDossier(
      id,
      await openSources(chooseDeployment(options), process.env["STRIPE_API_BASE"]),
    ),
  }));
  const flags = commandFlags(options);
  for (const { next } of dossier.found?.purchases ?? []) if (next.command) next.command += flags;
  if (options.json)
    process.stdout.write(`${JSON.stringify({ found: Boolean(dossier.found), ...dossier.found })}\n`);
  else if (dossier.found) process.stdout.write(describeDossier(dossier.found));
  else
    process.stdout.write(`\nNothing found: no student, course, purchase or event is known as ${id} here.\n`);
  if (!dossier.found) process.exitCode = EXIT.found;
});

/** What is advised must be run against the deployment that was looked at. */
function commandFlags({ local, stage }: OperatorOptions): string {
  return (local ? " --local" : "") + (stage === PRODUCTION ? "" : ` --stage ${stage}`);
}
