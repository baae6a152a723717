/** Finding a purchase, under both names that the command has. */
import { type Argument, Command } from "commander";
import { EXIT_CODES, explainExitCodes } from "#infra/command-line/exit-codes.ts";
import { print, printJson } from "#infra/command-line/print.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { PRODUCTION } from "#infra/deployment/names.ts";
import { describeDossier } from "../dossier/describe-dossier.ts";
import { findDossier } from "../dossier/find-dossier.ts";
import { openSources } from "../dossier/sources.ts";
import { chooseDeployment } from "../settings.ts";
import { addOperatorOptions, type OperatorOptions } from "./operator-options.ts";

interface FindOptions extends OperatorOptions {
  json?: boolean;
}

/** @param before an argument that stands before the id */
export function createFindCommand(name: string, before?: Argument): Command {
  const program = new Command(name).description(
    "Finds a purchase: checkout session, deliveries, executions, enrollment, dead letters, and what to do next.",
  );
  if (before) program.addArgument(before);
  program
    .argument(
      "<id>",
      "an e-mail address, user id, cs_..., pi_..., cus_..., evt_..., order number, course id or execution",
    )
    .option("--json", "print the dossier as one line of JSON");
  return explainExitCodes(addOperatorOptions(program), "nothing is known by that id");
}

export async function findPurchase(options: FindOptions, id = ""): Promise<void> {
  const { names, environment } = chooseDeployment(options);
  const { dossier } = await showProgress(`Looking for ${id}`, options.json, async () => ({
    dossier: await findDossier(id, await openSources(names, environment.STRIPE_API_BASE)),
  }));
  const flags = commandFlags(options);
  for (const { next } of dossier?.purchases ?? []) if (next.command) next.command += flags;
  if (options.json) printJson({ found: Boolean(dossier), ...dossier });
  else if (dossier) print(describeDossier(dossier));
  else print(`\nNothing found: no student, course, purchase or event is known as ${id} here.`);
  if (!dossier) process.exitCode = EXIT_CODES.needsPerson;
}

/** What is advised must be run against the deployment that was looked at. */
function commandFlags({ local, stage }: OperatorOptions): string {
  return (local ? " --local" : "") + (stage === PRODUCTION ? "" : ` --stage ${stage}`);
}
