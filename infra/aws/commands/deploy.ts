/** `npm run deploy`: makes everything and brings it to the AWS account that the environment names. */
import { join, relative } from "node:path";
import { Command } from "commander";
import { print } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { type Deployment, DeploymentError, readDeployment } from "../deployment-context.ts";
import { bootstrapWords, deployWords } from "./cdk-words.ts";
import { addContextOption, type ContextOption } from "./context-option.ts";
import { runCdk } from "./run-cdk.ts";
import { withTemplates } from "./with-templates.ts";

const program = addContextOption(new Command("npm run deploy --"))
  .description("Deploys Bursar to the AWS account and region of your environment (AWS_PROFILE, AWS_REGION).")
  .option("--bootstrap", "prepare the account for the CDK first; needed once per account and region")
  .option("-o, --output <directory>", "where to make it, instead of cdk.out")
  .option("--yes", "do not ask before permissions are widened");

interface DeployOptions extends ContextOption {
  bootstrap?: boolean;
  output?: string;
  yes?: boolean;
}

await runCommand(program, async (options: DeployOptions) => {
  const deployment = readDeployment(options.context);
  if (!deployment.stripePublishableKey) {
    throw new DeploymentError(
      "The client needs Stripe's publishable key: add -c stripePublishableKey=pk_test_...",
    );
  }
  await checkFirst(deployment, Boolean(options.bootstrap));
  // First, and without what is uploaded: who may not do this learns it at once.
  if (options.bootstrap) await withTemplates(deployment, (assembly) => runCdk(bootstrapWords(assembly)));
  // Loaded late, so that help and refusals come at once.
  const { synthesise } = await import("../synthesise.ts");
  const { directory } = await showProgress("Making the deployment", false, (announce) =>
    synthesise(deployment, { announce, ...(options.output && { directory: options.output }) }),
  );
  await runCdk(deployWords(directory, !options.yes));
  print(nextSteps(deployment, directory));
});

/** @throws DeploymentError naming everything that would stop it half-way */
async function checkFirst(deployment: Deployment, bootstraps: boolean): Promise<void> {
  const [{ listChecks }, { runChecks }] = await Promise.all([
    import("../preflight/checks.ts"),
    import("../preflight/run-checks.ts"),
  ]);
  const { stops, notes } = await showProgress("Asking AWS whether anything stands in the way", false, () =>
    runChecks(listChecks(deployment, bootstraps)),
  );
  for (const note of notes) print(note);
  if (stops.length > 0) throw new DeploymentError(stops.join("\n"));
}

const nextSteps = ({ stage, domain }: Deployment, directory: string) => `
Deployed. The addresses are above and in ${relative(process.cwd(), join(directory, "outputs.json"))}. What is next, when this was the first time:
  npm run stripe:setup -- --stage ${stage} --endpoint <WebhookUrl> --because "first deployment"
  npm run seed -- --stage ${stage} courses.json --because "first deployment"
  npm run smoke -- --url <ClientUrl>
${domain ? `Point ${domain} at the DistributionDomainName above; until then nobody can sign in.\n` : ""}`;
