/** What an ARN of the state machine names: itself, a version, or an alias; and what an execution of it runs. */
import type { StateMachineIdentity } from "#infra/states-language/drive-execution.ts";
import { ServiceError } from "../../wire.ts";
import { requireStateMachine } from "../identity.ts";
import type { Alias, Releases, Version } from "./releases.ts";

/** What an execution runs, and by which name it was asked for. */
export interface Target {
  /** The digest of the definition. */
  definition: string;
  version?: number | undefined;
  alias?: string | undefined;
}

export const versionArn = ({ arn }: StateMachineIdentity, number: number) => `${arn}:${number}`;
export const aliasArn = ({ arn }: StateMachineIdentity, name: string) => `${arn}:${name}`;

const doesNotExist = (arn: unknown) =>
  new ServiceError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${String(arn)}'`);

/** @returns undefined for the state machine itself. @throws InvalidArn, StateMachineDoesNotExist */
export function readQualifier(identity: StateMachineIdentity, arn: unknown): string | undefined {
  const prefix = `${identity.arn}:`;
  if (typeof arn === "string" && arn.startsWith(prefix)) return arn.slice(prefix.length);
  requireStateMachine(identity, arn);
  return undefined;
}

export function findVersion(
  identity: StateMachineIdentity,
  { versions }: Releases,
  arn: unknown,
): Version | undefined {
  return versions.find(({ number }) => versionArn(identity, number) === arn);
}

export function findAlias(
  identity: StateMachineIdentity,
  { aliases }: Releases,
  arn: unknown,
): Alias | undefined {
  return aliases.find(({ name }) => aliasArn(identity, name) === arn);
}

/**
 * An alias with two versions leads to each as often as its weight says.
 * @throws InvalidArn, StateMachineDoesNotExist
 */
export function resolveTarget(identity: StateMachineIdentity, releases: Releases, arn: unknown): Target {
  if (readQualifier(identity, arn) === undefined) return { definition: releases.current.definition };
  const alias = findAlias(identity, releases, arn);
  const version = alias ? routedTo(alias, releases) : findVersion(identity, releases, arn);
  if (!version) throw doesNotExist(arn);
  return { definition: version.definition, version: version.number, alias: alias?.name };
}

function routedTo({ routes }: Alias, { versions }: Releases): Version | undefined {
  const [first, second] = routes;
  const route = first && Math.random() * 100 < first.weight ? first : (second ?? first);
  return versions.find(({ number }) => number === route?.version);
}

/** @returns the version, or undefined for the state machine itself. @throws InvalidArn, StateMachineDoesNotExist */
export function requireVersion(
  identity: StateMachineIdentity,
  releases: Releases,
  arn: unknown,
): Version | undefined {
  if (readQualifier(identity, arn) === undefined) return undefined;
  const version = findVersion(identity, releases, arn);
  if (!version) throw doesNotExist(arn);
  return version;
}
