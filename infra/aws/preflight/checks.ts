/** What would stop a deployment half-way, asked of AWS before anything is made. */
import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { CloudFrontClient, ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createAwsClient } from "#handlers/adapters/aws-client.ts";
import { PATIENCE } from "#handlers/adapters/patience.ts";
import { nameParts, stackName } from "#infra/deployment/names.ts";
import type { Deployment } from "../deployment-context.ts";
import { RESERVED_CONCURRENCY } from "../reserved-concurrency.ts";
import { type Check, stop, warn } from "./check.ts";
import { liveVersion } from "./live-version.ts";
import { unlessMissing } from "./unless-missing.ts";

const FIREWALL_REGION = "us-east-1";

/** Lambda keeps as many for functions without a reservation. */
const MUST_STAY_UNRESERVED = 100;

/** @param bootstraps whether the account is about to be prepared for the CDK */
export function listChecks(deployment: Deployment, bootstraps: boolean): Check[] {
  const names = nameParts(deployment.stage);
  const dataStack = stackName(deployment.stage, "Data");
  const secrets: [string, typeof stop][] = [
    [names.signingSecret, stop],
    [names.stripeSecret, warn],
  ];
  return [
    {
      question: "whether the account is prepared for the CDK",
      find: async () =>
        bootstraps || (await stackExists("CDKToolkit"))
          ? undefined
          : stop("This account is not prepared for the CDK in this region: add --bootstrap, once."),
    },
    {
      question: "whether a table of an earlier deployment is in the way",
      find: async () =>
        (await tableExists(names.table)) && !(await stackExists(dataStack))
          ? stop(
              `The table ${names.table} is left from an earlier deployment, and its name is taken. Keep what is in it with a backup (aws dynamodb create-backup), lift its deletion protection, delete it, deploy, and restore.`,
            )
          : undefined,
    },
    ...secrets.map(([secret, found]) => ({
      question: `whether the secret ${secret} is marked for deletion`,
      find: async () =>
        (await secretState(secret)) === "marked"
          ? found(
              `The secret ${secret} is marked for deletion. Take it back first: aws secretsmanager restore-secret --secret-id ${secret}`,
            )
          : undefined,
    })),
    ...(deployment.googleSecretId ? [googleSecret(deployment.googleSecretId)] : []),
    ...(deployment.waf === "on" ? [firewallRegion] : []),
    ...(deployment.reservedConcurrency === "on" ? [concurrency(names.functions)] : []),
    liveVersion(deployment),
    {
      question: "whether the account may use CloudFront",
      find: async () =>
        (await countDistributions()) === 0
          ? warn(
              "This account has no CloudFront distribution yet. AWS may want to verify a new account first: if the Site stack fails for that, ask AWS Support, and deploy again; nothing else is lost.",
            )
          : undefined,
    },
  ];
}

const googleSecret = (secret: string): Check => ({
  question: `whether there is a secret ${secret}`,
  find: async () =>
    (await secretState(secret)) === "there"
      ? undefined
      : stop(`There is no secret ${secret} in this region, where Google's clientSecret should be.`),
});

/** CloudFormation would say it too, once most of the deployment is made. */
const firewallRegion: Check = {
  question: "whether a web ACL for CloudFront can be made in this region",
  async find() {
    const region = await createAwsClient(CloudFormationClient, PATIENCE.request).config.region();
    return region === FIREWALL_REGION
      ? undefined
      : stop(
          `CloudFront's web ACLs are made in ${FIREWALL_REGION} only, and this is ${region}. Give -c waf= the ARN of one that is there, or leave waf out.`,
        );
  },
};

const concurrency = ({ webhook, api }: { webhook: string; api: string }): Check => ({
  question: "whether the account's Lambda concurrency suffices",
  async find() {
    const lambda = createAwsClient(LambdaClient, PATIENCE.request);
    const reservedBy = async (FunctionName: string) =>
      (await unlessMissing(lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))))
        ?.ReservedConcurrentExecutions ?? 0;
    const [{ AccountLimit: { ConcurrentExecutions = 0, UnreservedConcurrentExecutions = 0 } = {} }, ...ours] =
      await Promise.all([lambda.send(new GetAccountSettingsCommand()), reservedBy(webhook), reservedBy(api)]);
    const wanted = RESERVED_CONCURRENCY.webhook + RESERVED_CONCURRENCY.api;
    const left = UnreservedConcurrentExecutions + ours.reduce((sum, one) => sum + one, 0) - wanted;
    if (left >= MUST_STAY_UNRESERVED) return undefined;
    return stop(
      `This account allows ${ConcurrentExecutions} Lambda executions at a time, too few to reserve ${wanted}. Add -c reservedConcurrency=off, or have AWS raise the quota first.`,
    );
  },
});

async function stackExists(StackName: string): Promise<boolean> {
  const client = createAwsClient(CloudFormationClient, PATIENCE.request);
  const missing = /does not exist/;
  return (await unlessMissing(client.send(new DescribeStacksCommand({ StackName })), missing)) !== undefined;
}

async function tableExists(TableName: string): Promise<boolean> {
  const client = createAwsClient(DynamoDBClient, PATIENCE.request);
  return (await unlessMissing(client.send(new DescribeTableCommand({ TableName })))) !== undefined;
}

async function secretState(SecretId: string): Promise<"there" | "marked" | "missing"> {
  const client = createAwsClient(SecretsManagerClient, PATIENCE.request);
  const secret = await unlessMissing(client.send(new DescribeSecretCommand({ SecretId })));
  if (!secret) return "missing";
  return secret.DeletedDate ? "marked" : "there";
}

async function countDistributions(): Promise<number> {
  const client = createAwsClient(CloudFrontClient, PATIENCE.request);
  const { DistributionList } = await client.send(new ListDistributionsCommand({ MaxItems: 1 }));
  return DistributionList?.Quantity ?? 0;
}
