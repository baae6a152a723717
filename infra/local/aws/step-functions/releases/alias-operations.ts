/** The operations of aliases, each of which leads to one version or to two. */
import type {
  CreateStateMachineAliasInput,
  CreateStateMachineAliasOutput,
  DeleteStateMachineAliasInput,
  DeleteStateMachineAliasOutput,
  DescribeStateMachineAliasInput,
  DescribeStateMachineAliasOutput,
  ListStateMachineAliasesInput,
  ListStateMachineAliasesOutput,
  UpdateStateMachineAliasInput,
  UpdateStateMachineAliasOutput,
} from "@aws-sdk/client-sfn";
import { toSeconds, type Wire } from "#infra/one-machine/wire.ts";
import type { StateMachineIdentity } from "#infra/states-language/drive-execution.ts";
import { ServiceError } from "../../wire.ts";
import { takePage } from "../take-page.ts";
import { aliasArn, findAlias, readQualifier, requireVersion, versionArn } from "./qualified-arn.ts";
import type { Alias, Releases } from "./releases.ts";
import { readRoutes, requireAliasName } from "./routing.ts";

export function createAliasOperations(identity: StateMachineIdentity, releases: Releases) {
  function requireAlias(arn: unknown): Alias {
    readQualifier(identity, arn);
    const alias = findAlias(identity, releases, arn);
    if (alias) return alias;
    throw new ServiceError("ResourceNotFound", "Request references a resource that does not exist.");
  }

  const toRouting = ({ routes }: Alias) =>
    routes.map(({ version, weight }) => ({ stateMachineVersionArn: versionArn(identity, version), weight }));

  return {
    /** The same once more is the same alias. */
    async CreateStateMachineAlias(
      input: Wire<CreateStateMachineAliasInput>,
    ): Promise<Wire<CreateStateMachineAliasOutput>> {
      const name = requireAliasName(input.name);
      const routes = readRoutes(identity, releases, input.routingConfiguration);
      const { description } = input;
      const now = Date.now();
      const existing = releases.aliases.find((alias) => alias.name === name);
      if (existing && !isSame(existing, { description, routes })) throw alreadyThere();
      const alias = existing ?? { name, description, routes, createdAt: now, updatedAt: now };
      if (!existing) await releases.writeAlias(alias);
      return { stateMachineAliasArn: aliasArn(identity, name), creationDate: toSeconds(alias.createdAt) };
    },

    async DescribeStateMachineAlias(
      input: Wire<DescribeStateMachineAliasInput>,
    ): Promise<Wire<DescribeStateMachineAliasOutput>> {
      const alias = requireAlias(input.stateMachineAliasArn);
      const { name, description, createdAt, updatedAt } = alias;
      return {
        stateMachineAliasArn: aliasArn(identity, name),
        name,
        ...(description !== undefined && { description }),
        routingConfiguration: toRouting(alias),
        creationDate: toSeconds(createdAt),
        updateDate: toSeconds(updatedAt),
      };
    },

    async UpdateStateMachineAlias(
      input: Wire<UpdateStateMachineAliasInput>,
    ): Promise<Wire<UpdateStateMachineAliasOutput>> {
      const alias = requireAlias(input.stateMachineAliasArn);
      const { description = alias.description, routingConfiguration } = input;
      const routes = routingConfiguration
        ? readRoutes(identity, releases, routingConfiguration)
        : alias.routes;
      const updatedAt = Date.now();
      await releases.writeAlias({ ...alias, description, routes, updatedAt });
      return { updateDate: toSeconds(updatedAt) };
    },

    /** What is not there is deleted. */
    async DeleteStateMachineAlias(
      input: Wire<DeleteStateMachineAliasInput>,
    ): Promise<DeleteStateMachineAliasOutput> {
      const name = readQualifier(identity, input.stateMachineAliasArn);
      if (name) await releases.deleteAlias(name);
      return {};
    },

    /** Of a version's ARN only those that lead to it. */
    async ListStateMachineAliases(
      input: Wire<ListStateMachineAliasesInput>,
    ): Promise<Wire<ListStateMachineAliasesOutput>> {
      const version = requireVersion(identity, releases, input.stateMachineArn);
      const wanted = releases.aliases.filter(
        ({ routes }) => !version || routes.some((route) => route.version === version.number),
      );
      const { items, nextToken } = takePage(wanted, input);
      const stateMachineAliases = items.map(({ name, createdAt }) => ({
        stateMachineAliasArn: aliasArn(identity, name),
        creationDate: toSeconds(createdAt),
      }));
      return { stateMachineAliases, nextToken };
    },
  };
}

const isSame = (one: Alias, other: Pick<Alias, "description" | "routes">) =>
  one.description === other.description && JSON.stringify(one.routes) === JSON.stringify(other.routes);

const alreadyThere = () =>
  new ServiceError(
    "ConflictException",
    "Failed to create alias because an alias with the same name and a different routing configuration already exists.",
  );
