/** The operations that change the definition and publish versions of it. */
import type {
  DeleteStateMachineVersionInput,
  DeleteStateMachineVersionOutput,
  ListStateMachineVersionsInput,
  ListStateMachineVersionsOutput,
  PublishStateMachineVersionInput,
  PublishStateMachineVersionOutput,
  UpdateStateMachineInput,
  UpdateStateMachineOutput,
} from "@aws-sdk/client-sfn";
import { toSeconds, type Wire } from "#infra/one-machine/wire.ts";
import { DefinitionRefused } from "#infra/states-language/definition-refused.ts";
import type { StateMachineIdentity } from "#infra/states-language/drive-execution.ts";
import { ServiceError } from "../../wire.ts";
import { requireStateMachine } from "../identity.ts";
import { takePage } from "../take-page.ts";
import { findVersion, readQualifier, versionArn } from "./qualified-arn.ts";
import type { Releases } from "./releases.ts";

export function createVersionOperations(identity: StateMachineIdentity, releases: Releases) {
  const arnOf = (number: number) => versionArn(identity, number);

  async function publish(description: string | undefined) {
    const { number, createdAt } = await releases.publish(description);
    return { stateMachineVersionArn: arnOf(number), creationDate: toSeconds(createdAt) };
  }

  return {
    async UpdateStateMachine(input: Wire<UpdateStateMachineInput>): Promise<Wire<UpdateStateMachineOutput>> {
      requireStateMachine(identity, input.stateMachineArn);
      requireSomething(input);
      if (input.definition !== undefined) await update(releases, input.definition);
      const { revisionId } = releases.current;
      const published = input.publish ? await publish(input.versionDescription) : undefined;
      return {
        updateDate: toSeconds(Date.now()),
        ...(revisionId !== undefined && { revisionId }),
        ...(published && { stateMachineVersionArn: published.stateMachineVersionArn }),
      };
    },

    async PublishStateMachineVersion(
      input: Wire<PublishStateMachineVersionInput>,
    ): Promise<Wire<PublishStateMachineVersionOutput>> {
      requireStateMachine(identity, input.stateMachineArn);
      const { revisionId = "INITIAL" } = releases.current;
      if (input.revisionId !== undefined && input.revisionId !== revisionId)
        throw wrongRevision(revisionId, input);
      return publish(input.description);
    },

    async ListStateMachineVersions(
      input: Wire<ListStateMachineVersionsInput>,
    ): Promise<Wire<ListStateMachineVersionsOutput>> {
      requireStateMachine(identity, input.stateMachineArn);
      const newestFirst = releases.versions.toReversed();
      const { items, nextToken } = takePage(newestFirst, input);
      const stateMachineVersions = items.map(({ number, createdAt }) => ({
        stateMachineVersionArn: arnOf(number),
        creationDate: toSeconds(createdAt),
      }));
      return { stateMachineVersions, nextToken };
    },

    /** What is not there is deleted. */
    async DeleteStateMachineVersion(
      input: Wire<DeleteStateMachineVersionInput>,
    ): Promise<DeleteStateMachineVersionOutput> {
      readQualifier(identity, input.stateMachineVersionArn);
      const version = findVersion(identity, releases, input.stateMachineVersionArn);
      if (!version) return {};
      const users = releases.aliases.filter(({ routes }) =>
        routes.some((route) => route.version === version.number),
      );
      if (users.length > 0) throw stillUsed(users.map(({ name }) => name));
      await releases.deleteVersion(version.number);
      return {};
    },
  };
}

async function update(releases: Releases, definition: string): Promise<void> {
  try {
    await releases.update(definition);
  } catch (error) {
    if (!(error instanceof DefinitionRefused)) throw error;
    throw new ServiceError("InvalidDefinition", `Invalid State Machine Definition: '${error.message}'`);
  }
}

function requireSomething(input: Wire<UpdateStateMachineInput>): void {
  const { definition, roleArn, loggingConfiguration, tracingConfiguration } = input;
  if (definition ?? roleArn ?? loggingConfiguration ?? tracingConfiguration) return;
  throw new ServiceError(
    "MissingRequiredParameter",
    "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
  );
}

const wrongRevision = (current: string, input: Wire<PublishStateMachineVersionInput>) =>
  new ServiceError(
    "ConflictException",
    `Failed to publish the State Machine version for revision ${input.revisionId}. The current State Machine revision is ${current}.`,
  );

const stillUsed = (names: string[]) =>
  new ServiceError(
    "ConflictException",
    `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${names.join(", ")}]`,
  );
