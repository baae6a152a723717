/** Every function of a deployment as the templates have it: its bundle, its time, and the services that it may call. */
import type { DeployedBundle } from "#test/support/invoke-bundle.ts";
import { bundleEntries, listFunctions } from "../deployed-functions.ts";
import { asList } from "../read-template.ts";
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

/** @param directory gets a bundle for each file of `handlers/` that is deployed. @returns them by their names */
export function bundleDeployedFunctions(directory: string): Map<string, DeployedFunction> {
  const { templates } = synthesiseStacks("googleClientId=hanging", "googleSecretId=bursar/google");
  const functions = listFunctions(templates);
  const bundles = bundleEntries(directory, functions);
  return new Map(
    functions.map(({ name, entry, handler, timeoutSeconds, statements }) => {
      const services = servicesOf(statements.flatMap(({ Action }) => asList(Action)));
      return [name, { bundle: bundles.get(entry) ?? "", handler, timeoutSeconds, services }];
    }),
  );
}

const servicesOf = (verbs: string[]): Service[] =>
  SERVICES.filter(([verb]) => verbs.some((one) => verb.test(one))).map(([, service]) => service);
