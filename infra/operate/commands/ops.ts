/** `npm run ops -- find <id>`: the dossier of a purchase, from any id that somebody has in their hand. */
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Argument, Command } from "commander";
import { openTable } from "#handlers/adapters/dynamodb/table.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { PRODUCTION } from "#infra/deployment/names.ts";
import { isOnThisMachine } from "#infra/one-machine/aws-connection.ts";
import { describeDossier } from "../dossier/describe-dossier.ts";
import { type DossierSources, findDossier } from "../dossier/find-dossier.ts";
import { createDeadLetterReader } from "../records/dead-letters.ts";
import { createExecutionReader } from "../records/executions.ts";
import { createStripeRecords } from "../records/stripe.ts";
import { createStripeDeliveries } from "../records/stripe-deliveries.ts";
import { createTableRecords } from "../records/table.ts";
import { connectStripe } from "../stripe-setup/connect-stripe.ts";
import { readStripeSecret } from "../stripe-setup/stripe-secret.ts";
import {
  addOperatorOptions,
  chooseDeployment,
  EXIT,
  findQueueUrl,
  findStateMachineArn,
  type OperatorOptions,
} from "./operator.ts";

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
    found: await findDossier(id, await openSources(options)),
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

async function openSources(options: OperatorOptions): Promise<DossierSources> {
  const names = chooseDeployment(options);
  const [stateMachineArn, deadLetterQueueUrl, secret] = await Promise.all([
    findStateMachineArn(names.stateMachine),
    findQueueUrl(names.deadLetterQueue),
    readStripeSecret(new SecretsManagerClient({}), names.stripeSecret),
  ]);
  if (!secret) throw new Error(`There is no secret ${names.stripeSecret}; npm run stripe:setup makes it.`);
  const { STRIPE_API_BASE } = process.env;
  const executions = createExecutionReader(new SFNClient({}), stateMachineArn);
  return {
    table: createTableRecords(openTable(names.table)),
    stripe: createStripeRecords(connectStripe(secret.STRIPE_SECRET_KEY, STRIPE_API_BASE)),
    executions,
    deadLetters: createDeadLetterReader(new SQSClient({}), deadLetterQueueUrl, executions),
    ...(STRIPE_API_BASE &&
      isOnThisMachine(STRIPE_API_BASE) && { deliveries: createStripeDeliveries(STRIPE_API_BASE) }),
  };
}
