/** `npm run deploy`: makes everything and brings it to the AWS account that the environment names. */
import { join, relative } from "node:path";
import { Command, Option } from "commander";
import { EXIT_CODES, explainExitCodes } from "#infra/command-line/exit-codes.ts";
import { print } from "#infra/command-line/print.ts";
import { runCommand } from "#infra/command-line/run-command.ts";
import { showProgress } from "#infra/command-line/show-progress.ts";
import { readAge } from "#infra/operate/commands/operator-options.ts";
import { type Deployment, DeploymentError, readDeployment } from "../deployment-context.ts";
import { bootstrapWords, deployWords } from "./cdk-words.ts";
import { addContextOption, type ContextOption } from "./context-option.ts";
import { runCdk } from "./run-cdk.ts";
import { withTemplates } from "./with-templates.ts";

const program = explainExitCodes(
  addContextOption(new Command("npm run deploy --"))
    .description(
      "Deploys Bursar to the AWS account and region of your environment (AWS_PROFILE, AWS_REGION). A changed definition of the state machine is first tried on what the stage has executed.",
    )
    .option("--bootstrap", "prepare the account for the CDK first; needed once per account and region")
    .option("-o, --output <directory>", "where to make it, instead of cdk.out")
    .option("--yes", "do not ask before permissions are widened")
    .addOption(
      new Option(
        "--since <age>",
        "a changed definition is tried on executions that began so long ago at most",
      )
        .argParser(readAge)
        .default(readAge("24h"), "24h"),
    )
    .option(
      "--accept <digest>",
      "deploy a definition by which executions would go another way: the digest of just these differences",
    ),
  "executions would go another way by the changed definition, and nobody has accepted that",
);

interface DeployOptions extends ContextOption {
  since: Date;
  accept?: string;
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
  if (!(await mayRelease(deployment, options))) {
    process.exitCode = EXIT_CODES.needsPerson;
    return;
  }
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

/** Says what the changed definition would do. @returns false when nobody has accepted that */
async function mayRelease({ stage }: Deployment, { since, accept }: DeployOptions): Promise<boolean> {
  const [{ tryDefinition }, { judgeTrial }] = await Promise.all([
    import("../release/try-definition.ts"),
    import("../release/judge-trial.ts"),
  ]);
  const trial = await showProgress("Trying the definition on what was executed", false, (announce) =>
    tryDefinition({ stage, since }, announce),
  );
  const { mayGo, text } = judgeTrial(trial, accept);
  if (text) print(text);
  return mayGo;
}

function nextSteps({ stage, domain }: Deployment, directory: string): string {
  return `
Deployed. The addresses are above and in ${relative(process.cwd(), join(directory, "outputs.json"))}. What is next, when this was the first time:
  npm run stripe:setup -- --stage ${stage} --endpoint <WebhookUrl> --because "first deployment"
  npm run seed -- --stage ${stage} courses.json --because "first deployment"
  npm run smoke -- --url <ClientUrl>
${domain ? `Point ${domain} at the DistributionDomainName above; until then nobody can sign in.\n` : ""}`;
}
