/** Runs a scenario in virtual time until everybody is enrolled, or nothing is left that could still happen. */
import { createHistogram, type RecordableHistogram } from "node:perf_hooks";
import type { Parts } from "#test/resilience/simulation/parts.ts";
import { DEAD_LETTER_QUEUE, OVERFLOW_QUEUE } from "#test/resilience/simulation/queues.ts";
import { withVirtualClock } from "#test/resilience/simulation/round.ts";
import type { Arrivals } from "./arrivals.ts";
import { createBuyers } from "./buyers.ts";
import { createModel, type Model } from "./model/create-model.ts";
import type { Usage } from "./model/meter.ts";
import { QUOTA_NAMES, type QuotaName, type Quotas } from "./quotas.ts";

export interface Scenario {
  parts: Parts;
  quotas: Quotas;
  seed: number;
  purchases: number;
  arrivals: Arrivals;
  /** How many there are to buy; each purchase is of another one in turn. */
  courses: number;
  /** Through the API, as students do; else the checkouts have been opened before. */
  opensCheckouts?: boolean;
  /** False: nobody looks at the page that would mend what the webhook has lost. */
  looksOn?: boolean;
  /** With `opensCheckouts`, each student has looked round before. */
  withVisit?: boolean;
}

/** At one moment of the run. */
export interface Sample {
  seconds: number;
  paid: number;
  enrolled: number;
  queued: number;
}

export interface Waits {
  /** Seconds. */
  mean: number;
  p50: number;
  p99: number;
  most: number;
}

export interface LoadResult {
  paid: number;
  enrolled: number;
  deadLetters: number;
  /** Paid, and nothing is there that would still enroll them. */
  lost: number;
  paidToEnrolled: Waits;
  /** Until the student's own page has said so, of those who have looked that long. */
  paidToSeen: Waits;
  /** Enrolled later than `inTime` allows. */
  late: number;
  queue: { most: number; everQueued: number; drainedAfterSeconds: number };
  /** Deliveries that Stripe has to make again. */
  refusedDeliveries: number;
  throttles: Partial<Record<QuotaName, number>>;
  retries: ReturnType<Model["readRetries"]>;
  peakConcurrency: number;
  coldStarts: number;
  /** Seconds, by function. */
  longestRuns: Record<string, number>;
  usage: Usage;
  samples: Sample[];
  virtualSeconds: number;
}

/** Seconds from the payment in which everybody is to be enrolled. */
export const IN_TIME = 180;
const SAMPLES_EVERY_MS = 1_000;
/** By then Stripe has delivered for the last time. */
const LONGEST_MS = 4 * 24 * 60 * 60 * 1_000;
/** The samples that are kept are thinned out above this. */
const MOST_SAMPLES = 2_000;

/** @param announce told now and then how many are enrolled */
export async function runLoad(
  scenario: Scenario,
  announce: (enrolled: number) => void = () => undefined,
): Promise<LoadResult> {
  const waits = createHistogram();
  let late = 0;
  const buyers = createBuyers(scenario, {
    onEnrolled(milliseconds) {
      record(waits, milliseconds);
      if (milliseconds > IN_TIME * 1000) late += 1;
    },
  });
  const model = createModel({ ...scenario, onStripeEvent: buyers.deliver, onWrite: buyers.noteWrite });
  const { agenda, deployment } = model;
  const startedAt = agenda.now();
  buyers.begin(model);
  const sampling = sample(model, buyers.counts, announce);

  await withVirtualClock(agenda.now, async () => {
    for (let work = agenda.takeNext(); work && !buyers.isOver(); work = agenda.takeNext()) {
      work();
      do await settled();
      while (deployment.processes.isAnyBusy());
      const gap = deployment.processes.findGap();
      if (gap) throw gap;
    }
  });

  const { paid, enrolled, refusedDeliveries } = buyers.counts;
  const letters = deployment.queues.messages(DEAD_LETTER_QUEUE).map(({ body }) => body);
  const retries = model.readRetries();
  model.usage.stateTransitions += retries.byStateMachine;
  return {
    paid,
    enrolled,
    deadLetters: letters.length,
    // One who has a letter may have been enrolled by another delivery.
    lost: buyers.waiting().filter((userId) => !letters.some((body) => body.includes(userId))).length,
    paidToEnrolled: readWaits(waits),
    paidToSeen: readWaits(buyers.seen),
    late,
    queue: sampling.readQueue(),
    refusedDeliveries,
    throttles: inOrder(model.limits.throttles),
    retries,
    peakConcurrency: model.functions.readPeak(),
    longestRuns: model.functions.longest,
    coldStarts: model.functions.countColdStarts(),
    usage: model.usage,
    samples: sampling.samples,
    virtualSeconds: (agenda.now() - startedAt) / 1000,
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A histogram takes whole numbers from 1. */
export const record = (histogram: RecordableHistogram, milliseconds: number): void =>
  histogram.record(Math.max(1, Math.round(milliseconds)));

function readWaits(histogram: RecordableHistogram): Waits {
  const seconds = (milliseconds: number) => (histogram.count === 0 ? 0 : milliseconds / 1000);
  return {
    mean: seconds(histogram.mean),
    p50: seconds(histogram.percentile(50)),
    p99: seconds(histogram.percentile(99)),
    most: seconds(histogram.max),
  };
}

const inOrder = (throttles: LoadResult["throttles"]) =>
  Object.fromEntries(
    QUOTA_NAMES.flatMap((name) => {
      const count = throttles[name];
      return count === undefined ? [] : [[name, count] as const];
    }),
  ) as LoadResult["throttles"];

function sample(
  { agenda, deployment: { queues } }: Model,
  counts: { paid: number; enrolled: number },
  announce: (enrolled: number) => void,
) {
  const startedAt = agenda.now();
  let samples: Sample[] = [];
  let everyMs = SAMPLES_EVERY_MS;
  let most = 0;
  let drainedAt = startedAt;

  function take(): void {
    const queued = queues.depth(OVERFLOW_QUEUE);
    most = Math.max(most, queued);
    if (queued > 0) drainedAt = agenda.now();
    const { paid, enrolled } = counts;
    samples.push({ seconds: (agenda.now() - startedAt) / 1000, paid, enrolled, queued });
    announce(enrolled);
    if (samples.length > MOST_SAMPLES) {
      samples = samples.filter((_sample, index) => index % 2 === 0);
      everyMs *= 2;
    }
    if (agenda.now() - startedAt < LONGEST_MS) agenda.after(everyMs, take);
  }

  take();
  return {
    get samples() {
      return samples;
    },
    readQueue: () => ({
      most,
      everQueued: queues.allMessages(OVERFLOW_QUEUE).length,
      drainedAfterSeconds: (drainedAt - startedAt) / 1000,
    }),
  };
}
