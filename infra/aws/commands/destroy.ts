/** `npm run destroy`: takes the stacks down again, and says what stays. */
import { Command } from "commander";
import { print } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";
import { readDeployment } from "../deployment-context.ts";
import { destroyWords } from "./cdk-words.ts";
import { addContextOption, type ContextOption } from "./context-option.ts";
import { runCdk } from "./run-cdk.ts";
import { withTemplates } from "./with-templates.ts";

const program = addContextOption(new Command("npm run destroy --"))
  .description("Deletes the stacks of a stage from the AWS account and region of your environment.")
  .option("--yes", "do not ask");

await runCommand(program, async (options: ContextOption & { yes?: boolean }) => {
  const deployment = readDeployment(options.context);
  await withTemplates(deployment, (assembly) => runCdk(destroyWords(assembly, !options.yes)));
  print(whatStays(deployment.stage));
});

function whatStays(stage: string): string {
  const { table, stripeSecret } = nameParts(stage);
  const secret = `the secret ${stripeSecret}, and the webhook endpoint in Stripe's dashboard`;
  if (stage !== PRODUCTION) return `\nGone, with the table and the user pool. What stays: ${secret}.\n`;
  return `
The stacks are gone. What stays, because students' accounts and enrollments are in it or because no stack made it:
  the table ${table} and the user pool (both protected: lift the deletion protection, then delete them),
  ${secret}.
A new deployment of this stage needs the table's name to be free.
`;
}
