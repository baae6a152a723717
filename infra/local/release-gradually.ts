/** CloudFormation's part in a release: leads the alias to a new version step by step, and back as soon as the alarm goes off. */
import { setTimeout as pause } from "node:timers/promises";
import {
  DescribeStateMachineAliasCommand,
  type SFNClient,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from "@aws-sdk/client-sfn";
import { readDefinitionText } from "#handlers/adapters/step-functions/state-machine.ts";
import type { ReleaseWay } from "#infra/deployment/releases.ts";
import { LIVE_ARN, STATE_MACHINE_ARN } from "./names.ts";

const MINUTE_MS = 60_000;

export type ReleaseOutcome = "released" | "taken back";

interface Release {
  sfn: SFNClient;
  definition: string;
  way: ReleaseWay;
  /** Asked before each step, and between two of them as often as `lookEveryMs` says: on AWS once a minute. */
  isAlarming: () => boolean;
  lookEveryMs?: number;
  /** Breaks it off where it is. */
  signal?: AbortSignal;
  clock?: { now: () => number; pause: (ms: number, signal?: AbortSignal) => Promise<unknown> };
}

const CLOCK = {
  now: () => Date.now(),
  pause: (ms: number, signal?: AbortSignal) => pause(ms, undefined, { ...(signal && { signal }) }),
};

export async function releaseGradually(release: Release): Promise<ReleaseOutcome> {
  const { sfn, definition, way, isAlarming, lookEveryMs = MINUTE_MS, signal, clock = CLOCK } = release;
  const before = await readLive(sfn);
  const { origin } = before;
  const { stateMachineVersionArn: target = "" } = await updateStateMachine(sfn, definition, true);
  const intervalMs = (way.intervalMinutes ?? 0) * MINUTE_MS;
  let nextAt = clock.now();
  for (const share of sharesOf(way)) {
    while (isAlarming() || clock.now() < nextAt) {
      if (isAlarming()) {
        await takeBack(sfn, before);
        return "taken back";
      }
      await clock.pause(lookEveryMs, signal);
    }
    await lead(sfn, share === 100 ? { [target]: 100 } : { [target]: share, [origin]: 100 - share });
    nextAt = clock.now() + intervalMs;
  }
  return "released";
}

export interface Live {
  /** The version's ARN. */
  origin: string;
  definition: string;
}

export async function readLive(sfn: SFNClient): Promise<Live> {
  const { routingConfiguration } = await sfn.send(
    new DescribeStateMachineAliasCommand({ stateMachineAliasArn: LIVE_ARN }),
  );
  const origin = routingConfiguration?.[0]?.stateMachineVersionArn ?? "";
  return { origin, definition: await readDefinitionText(LIVE_ARN, sfn) };
}

export async function takeBack(sfn: SFNClient, { origin, definition }: Live): Promise<void> {
  await lead(sfn, { [origin]: 100 });
  await updateStateMachine(sfn, definition, false);
}

/** Of what is started, how much the new version gets at each step. */
function sharesOf({ type, percentage = 100 }: ReleaseWay): number[] {
  if (type === "CANARY") return [percentage, 100];
  const steps = Math.ceil(100 / percentage);
  return Array.from({ length: steps }, (_, index) => Math.min(100, (index + 1) * percentage));
}

const updateStateMachine = (sfn: SFNClient, definition: string, publish: boolean) =>
  sfn.send(new UpdateStateMachineCommand({ stateMachineArn: STATE_MACHINE_ARN, definition, publish }));

/** @param weights by the version's ARN */
const lead = (sfn: SFNClient, weights: Record<string, number>) =>
  sfn.send(
    new UpdateStateMachineAliasCommand({
      stateMachineAliasArn: LIVE_ARN,
      routingConfiguration: Object.entries(weights).map(([stateMachineVersionArn, weight]) => ({
        stateMachineVersionArn,
        weight,
      })),
    }),
  );
