/** `npm run deploy`: makes everything and brings it to the AWS account that the environment names. */
import { join } from "node:path";
import { Command } from "commander";
import { print } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { DeploymentError, readDeployment } from "../deployment-context.ts";
import { addContextOption, type ContextOption } from "./context-option.ts";
import { runCdk } from "./run-cdk.ts";

const program = addContextOption(new Command("npm run deploy --"))
  .description("Deploys Bursar to the AWS account and region of your environment (AWS_PROFILE, AWS_REGION).")
  .option("--bootstrap", "prepare the account for the CDK first; needed once per account and region")
  .option("--yes", "do not ask before permissions are widened");

await runCommand(program, async (options: ContextOption & { bootstrap?: boolean; yes?: boolean }) => {
  const deployment = readDeployment(options.context);
  if (!deployment.stripePublishableKey) {
    throw new DeploymentError(
      "The client needs Stripe's publishable key: add -c stripePublishableKey=pk_test_...",
    );
  }
  // Loaded late, so that help and refusals come at once.
  const { synthesise } = await import("../synthesise.ts");
  const { directory } = await showProgress("Making the deployment", false, (announce) =>
    synthesise(deployment, { announce }),
  );
  if (options.bootstrap) await runCdk("bootstrap");
  const approval = options.yes ? "never" : "broadening";
  const outputs = join(directory, "outputs.json");
  await runCdk(
    "deploy",
    "--app",
    directory,
    "--all",
    "--require-approval",
    approval,
    "--outputs-file",
    outputs,
  );
  print(nextSteps(deployment.stage));
});

const nextSteps = (stage: string) => `
Deployed. The addresses are above and in cdk.out/outputs.json. What is next, when this was the first time:
  npm run stripe:setup -- --stage ${stage} --endpoint <WebhookUrl>
  npm run seed -- --stage ${stage} courses.json
  npm run smoke -- --url <ClientUrl>
`;
