/** What an alias may be called, and where it may lead. */
import type { RoutingConfigurationListItem } from "@aws-sdk/client-sfn";
import type { Wire } from "#infra/one-machine/wire.ts";
import type { StateMachineIdentity } from "#infra/states-language/drive-execution.ts";
import { ServiceError } from "../../wire.ts";
import { violation } from "../constraints.ts";
import { findVersion } from "./qualified-arn.ts";
import type { Releases, Route } from "./releases.ts";

type Routing = Wire<RoutingConfigurationListItem>[];

const NAME = /^(?=.*[a-zA-Z_\-.])[a-zA-Z0-9_\-.]+$/;
const NAME_IN_WORDS = "^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$";
const LONGEST_NAME = 80;
const MOST_ROUTES = 2;

/** @throws ValidationException */
export function requireAliasName(name = ""): string {
  if (name.length > LONGEST_NAME)
    throw violation("name", name, `have length less than or equal to ${LONGEST_NAME}`);
  if (!NAME.test(name)) throw violation("name", name, `satisfy regular expression pattern: ${NAME_IN_WORDS}`);
  return name;
}

/** @throws ValidationException */
export function readRoutes(
  identity: StateMachineIdentity,
  releases: Releases,
  routing: Routing | undefined = [],
): Route[] {
  requireShape(routing);
  const arns = routing.map(({ stateMachineVersionArn = "" }) => stateMachineVersionArn);
  const isVersion = (arn: string) => arn.startsWith(`${identity.arn}:`);
  if (!arns.every(isVersion))
    throw refused(`must contain state machine version ARNs. Received: [${arns.join(", ")}]`);
  if (new Set(arns).size < arns.length)
    throw refused(`must contain distinct state machine version ARNs. Received: [${arns.join(", ")}]`);
  const weights = routing.map(({ weight = 0 }) => weight);
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100)
    throw new ServiceError(
      "ValidationException",
      `Sum of routing configuration weights must equal 100. Received: [${weights.join(", ")}]`,
    );
  return arns.map((arn, index) => {
    const version = findVersion(identity, releases, arn);
    if (!version)
      throw new ServiceError("ResourceNotFound", "Request references a resource that does not exist.");
    return { version: version.number, weight: weights[index] ?? 0 };
  });
}

function requireShape(routing: Routing): void {
  if (routing.length === 0 || routing.length > MOST_ROUTES) {
    const items = routing.map(
      ({ stateMachineVersionArn, weight }) =>
        `RoutingConfigurationListItem(stateMachineVersionArn=${stateMachineVersionArn}, weight=${weight})`,
    );
    const bound =
      routing.length === 0 ? "greater than or equal to 1" : `less than or equal to ${MOST_ROUTES}`;
    throw violation("routingConfiguration", `[${items.join(", ")}]`, `have length ${bound}`);
  }
  for (const [index, { weight = 0 }] of routing.entries()) {
    if (weight >= 0 && weight <= 100) continue;
    const bound = weight < 0 ? "greater than or equal to 0" : "less than or equal to 100";
    throw violation(`routingConfiguration.${index + 1}.member.weight`, weight, `have value ${bound}`);
  }
}

const refused = (reason: string) =>
  new ServiceError("ValidationException", `Routing configuration ${reason}`);
