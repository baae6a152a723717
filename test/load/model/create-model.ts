/** The shipped handlers on models with quotas: what AWS and Stripe allow, how long they take, what is on the bill. */

import { PATIENCE } from "#handlers/adapters/patience.ts";
import { createAgenda } from "#test/resilience/simulation/agenda.ts";
import { type Deployment, deploy } from "#test/resilience/simulation/deployment.ts";
import { SDK_ATTEMPTS } from "#test/resilience/simulation/faults.ts";
import type { Parts } from "#test/resilience/simulation/parts.ts";
import type { Call, Scheduler } from "#test/resilience/simulation/process.ts";
import { createRandom, type Random } from "#test/resilience/simulation/random.ts";
import type { StripeEvent } from "#test/resilience/simulation/stripe.ts";
import type { TableObserver } from "#test/resilience/simulation/table.ts";
import type { Quotas } from "../quotas.ts";
import { createFunctionsModel, type FunctionsModel } from "./functions.ts";
import { drawLatency, LATENCIES, TRANSITION } from "./latencies.ts";
import { createLimits, type Limits } from "./limits.ts";
import { createUsage, type Usage } from "./meter.ts";
import { createOverflowSource } from "./overflow-source.ts";

export interface Model {
  deployment: Deployment;
  agenda: ReturnType<typeof createAgenda>;
  random: Random;
  limits: Limits;
  usage: Usage;
  functions: FunctionsModel;
  /** Calls that an SDK has made again by itself, and those that the state machine has; each of these is a transition. */
  readRetries(): { bySdk: number; byStateMachine: number };
}

interface ModelOptions {
  parts: Parts;
  quotas: Quotas;
  seed: number;
  onStripeEvent(event: StripeEvent): void;
  /** Told of each write that is made. */
  onWrite: NonNullable<TableObserver["write"]>;
}

const START = Date.parse("2026-11-23T12:00:00.000Z");
/** What the SDK draws its pause from before the second try of what was throttled; twice that before the third. */
const THROTTLED_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;

export function createModel({ parts, quotas, seed, onStripeEvent, onWrite }: ModelOptions): Model {
  const random = createRandom(seed);
  const agenda = createAgenda(START);
  const usage = createUsage();
  const limits = createLimits(quotas, usage, agenda.now);
  const functions = createFunctionsModel(quotas, limits, usage, agenda.now, random);
  let bySdk = 0;
  const transition = () => drawLatency(TRANSITION, random);

  const scheduler: Scheduler = {
    agenda,
    arrange({ service }: Call, perform) {
      agenda.after(drawLatency(LATENCIES[service], random), () => perform("answered"));
    },
    lateness: () => 0,
    pauseBetweenAttempts(failed) {
      bySdk += 1;
      return Math.min(LONGEST_PAUSE_MS, random.next() * 2 ** (failed - 1) * THROTTLED_PAUSE_MS);
    },
    attemptsOf: (process, service) =>
      process === "overflow-queue" && service === "states"
        ? PATIENCE.overflow.attempts
        : SDK_ATTEMPTS[service],
    patience: (delayMs) => agenda.sleep(delayMs).then(() => "gave up"),
    meet(call) {
      if (call.process === "step-functions") usage.taskCalls += 1;
      limits.meet(call);
    },
  };
  const { States, StartAt } = parts.definition;
  let tasksEntered = 0;
  const table: TableObserver = {
    ...limits.table,
    write(before, after, isMade) {
      limits.table.write?.(before, after, isMade);
      onWrite(before, after, isMade);
    },
  };
  const deployment = deploy(parts, scheduler, random, 0, onStripeEvent, {
    countsRequests: true,
    idTail: "x".repeat(58),
    table: { observer: table, keepsStream: false },
    enterState(name) {
      // A transition per state and one more for the execution, as AWS's own examples count.
      usage.stateTransitions += name === StartAt ? 2 : 1;
      if (name === StartAt) usage.executions += 1;
      const held = limits.holdState();
      if (States[name]?.Type !== "Task") return undefined;
      tasksEntered += 1;
      return agenda.sleep(held + transition());
    },
    createFunctions: functions.createFunctions,
    createOverflowSource: (source) =>
      createOverflowSource(source, quotas.concurrency.overflowConsumer.most, usage),
  });
  return {
    deployment,
    agenda,
    random,
    limits,
    usage,
    functions,
    readRetries: () => ({ bySdk, byStateMachine: usage.taskCalls - tasksEntered }),
  };
}
