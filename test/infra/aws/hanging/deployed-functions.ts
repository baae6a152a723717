/** Every function of a deployment as the templates have it: its bundle, its time, and the services that it may call. */
import path from "node:path";
import { bundleHandler } from "#infra/aws/bundle-handler.ts";
import type { DeployedBundle } from "#test/support/invoke-bundle.ts";
import { asList, readable, statementsOf } from "../read-template.ts";
import type { Resource } from "../synthesise-templates.ts";
import { synthesiseStacks } from "../synthesised-stacks.ts";

export type Service = "SFN" | "SQS" | "DynamoDB" | "SecretsManager" | "Cognito" | "Stripe";

export interface DeployedFunction extends DeployedBundle {
  timeoutSeconds: number;
  services: Service[];
}

/** By the verbs of a role. Receiving from a queue is Lambda's own work, not the function's. */
const SERVICES: [verb: RegExp, service: Service][] = [
  [/^states:/, "SFN"],
  [/^sqs:SendMessage$/, "SQS"],
  [/^dynamodb:/, "DynamoDB"],
  [/^secretsmanager:/, "SecretsManager"],
  [/^cognito-idp:/, "Cognito"],
];

interface Template {
  FunctionName?: string;
  Handler: string;
  Timeout: number;
  Role: unknown;
  Code: { ZipFile?: string };
  Environment?: { Variables: Record<string, unknown> };
}

/** @param directory gets a bundle for each file of `handlers/` that is deployed. @returns them by their names */
export function bundleDeployedFunctions(directory: string): Map<string, DeployedFunction> {
  const { ofType } = synthesiseStacks("googleClientId=hanging", "googleSecretId=bursar/google");
  const policies = ofType("AWS::IAM::Policy");
  const bundled = new Map<string, string>();
  const functions = new Map<string, DeployedFunction>();
  for (const { Properties } of ofType("AWS::Lambda::Function")) {
    const { FunctionName: name, Handler: handler, Timeout, Role, Code } = Properties as unknown as Template;
    const [, entry] = /^\/\/ handlers\/(\S+\.ts)/.exec(Code.ZipFile ?? "") ?? [];
    // Those that the CDK brings along are not of ours.
    if (!name || !entry) continue;
    const place = bundled.get(entry) ?? path.join(directory, path.basename(entry, ".ts"));
    if (!bundled.has(entry)) bundleHandler(entry, place);
    bundled.set(entry, place);
    functions.set(name, {
      bundle: path.join(place, "index.mjs"),
      handler,
      timeoutSeconds: Timeout,
      services: servicesOf(verbsOf(Role, policies)),
    });
  }
  return functions;
}

function verbsOf(role: unknown, policies: Resource[]): string[] {
  const roleName = readable(role).replace(/\.Arn\}$/, "}");
  return policies
    .filter(({ Properties }) => (Properties["Roles"] as unknown[]).map(readable).includes(roleName))
    .flatMap(statementsOf)
    .flatMap(({ Action }) => asList(Action));
}

const servicesOf = (verbs: string[]): Service[] =>
  SERVICES.filter(([verb]) => verbs.some((one) => verb.test(one))).map(([, service]) => service);
