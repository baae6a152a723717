/** One exported handler as a Lambda function: its own bundle, its own role, its own log. */
import path from "node:path";
import { type Duration, RemovalPolicy, Stack, Stage, Validations } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { bundleHandler } from "../bundle-handler.ts";
import type { Permission } from "./permissions.ts";

interface HandlerFunctionProps {
  functionName: string;
  /** A file of `handlers/`, e.g. `webhook.ts`. */
  entry: string;
  /** The export that is invoked. */
  handler?: string;
  /** The `service` under which the function's metrics are counted. */
  deploymentName: string;
  environment: Record<string, string>;
  /** The construct's, where it is not the function's with `Role` behind it. */
  roleId?: string;
  /** All that the function may do, apart from writing its log. */
  permissions: Permission[];
  timeout: Duration;
  memorySize?: number;
  reservedConcurrentExecutions?: number | undefined;
}

export function createHandlerFunction(
  scope: Construct,
  id: string,
  {
    deploymentName,
    entry,
    environment,
    handler = "handler",
    permissions,
    reservedConcurrentExecutions,
    roleId = `${id}Role`,
    ...props
  }: HandlerFunctionProps,
): LambdaFunction {
  const logGroup = new LogGroup(scope, `${id}Log`, {
    logGroupName: `/aws/lambda/${props.functionName}`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, roleId, { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  logGroup.grantWrite(role);
  for (const { statement, wildcard } of permissions) {
    role.addToPolicy(statement);
    if (wildcard) Validations.of(role).acknowledge(wildcard);
  }

  return new LambdaFunction(scope, id, {
    memorySize: 512,
    ...props,
    ...(reservedConcurrentExecutions !== undefined && { reservedConcurrentExecutions }),
    handler: `index.${handler}`,
    code: bundledCode(scope, entry),
    environment: { ...environment, POWERTOOLS_SERVICE_NAME: deploymentName },
    role,
    logGroup,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
  });
}

/** Functions that share a file share its bundle. */
function bundledCode(scope: Construct, entry: string): Code {
  if (!Stack.of(scope).bundlingRequired)
    return Code.fromInline(`// handlers/${entry}, bundled when it is deployed`);
  const directory = path.join(Stage.of(scope)?.outdir ?? "", "bundles", path.basename(entry, ".ts"));
  bundleHandler(entry, directory);
  return Code.fromAsset(directory);
}
