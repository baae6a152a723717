/** One exported handler as a Lambda function: its own bundle, its own role, its own log. */
import { fileURLToPath } from "node:url";
import { type Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Runtime } from "aws-cdk-lib/aws-lambda";
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Permission } from "./permissions.ts";

export interface HandlerFunctionProps {
  functionName: string;
  /** A file of `handlers/`, e.g. `webhook.ts`. */
  entry: string;
  /** The export that is invoked. */
  handler?: string;
  /** The `service` under which the function's metrics are counted. */
  deploymentName: string;
  environment: Record<string, string>;
  /** All that the function may do, apart from writing its log. */
  permissions: Permission[];
  timeout: Duration;
  memorySize?: number;
  reservedConcurrentExecutions?: number | undefined;
}

const handlers = fileURLToPath(new URL("../../handlers/", import.meta.url));
const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: "node24",
  logLevel: LogLevel.WARNING,
  minify: true,
  // Bundled because loading the SDK from the runtime is slower; ESM builds of packages because those can be shaken.
  bundleAwsSDK: true,
  mainFields: ["module", "main"],
  // CommonJS packages inside an ESM bundle call require.
  banner: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);',
};

export function createHandlerFunction(
  scope: Construct,
  id: string,
  {
    deploymentName,
    entry,
    environment,
    permissions,
    reservedConcurrentExecutions,
    ...props
  }: HandlerFunctionProps,
): NodejsFunction {
  const logGroup = new LogGroup(scope, `${id}Log`, {
    logGroupName: `/aws/lambda/${props.functionName}`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  logGroup.grantWrite(role);
  for (const { statement, wildcard } of permissions) {
    role.addToPolicy(statement);
    if (wildcard) Validations.of(role).acknowledge(wildcard);
  }

  return new NodejsFunction(scope, id, {
    handler: "handler",
    memorySize: 512,
    ...props,
    ...(reservedConcurrentExecutions !== undefined && { reservedConcurrentExecutions }),
    entry: `${handlers}${entry}`,
    environment: { ...environment, POWERTOOLS_SERVICE_NAME: deploymentName },
    role,
    logGroup,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    projectRoot,
    depsLockFilePath: `${projectRoot}package-lock.json`,
    awsSdkConnectionReuse: false,
    bundling,
  });
}
