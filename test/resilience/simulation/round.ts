/** A round: some purchases from the first click to the last redrive, thirty-one virtual days later. */
import type { FinalStores } from "../check/final-stores.ts";
import { createAgenda } from "./agenda.ts";
import { startByHand } from "./by-hand.ts";
import { disturbCatalogue, seedCatalogue } from "./catalogue.ts";
import { damageRecords } from "./damage.ts";
import { createDeliveries } from "./deliveries.ts";
import { type Deployment, deploy } from "./deployment.ts";
import { operate, redriveLetters } from "./operator.ts";
import type { Parts } from "./parts.ts";
import { type Place, type PurchasePlan, purchase } from "./purchase.ts";
import { DEAD_LETTER_QUEUE, OVERFLOW_QUEUE } from "./queues.ts";
import { createRandom, type Random } from "./random.ts";
import { sellElsewhere } from "./strangers.ts";
import { changeAddresses, comeBack, signUp } from "./students.ts";
import { sweepHourly } from "./sweeps.ts";
import { createWeather, DEFAULT_RATES, type FaultRates, type Outage } from "./weather.ts";

interface RoundOptions {
  seed: number;
  purchases: number;
  parts: Parts;
  rates?: FaultRates;
}

/** Any instant will do; it is the same in every run. */
const START = Date.parse("2026-11-23T12:00:00.000Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From then on nothing fails. */
const CALM_SINCE = START + 30 * DAY;
/** Of the requests for a session. */
const KEPT_FAILURES = 0.03;

export async function runRound({
  seed,
  purchases,
  parts,
  rates = DEFAULT_RATES,
}: RoundOptions): Promise<FinalStores> {
  const random = createRandom(seed);
  const agenda = createAgenda(START);
  const outages = drawOutages(random, rates.outagesPerService);
  const climate = { rates, outages, usualSince: START + 2 * DAY, calmSince: CALM_SINCE };
  const weather = createWeather(agenda, random, climate);
  const silentFrom = START + random.between(0, 12 * HOUR);
  const silence = { from: silentFrom, to: silentFrom + random.between(0, 6 * HOUR) };
  const deliveries = createDeliveries(random, silence, () => deployment);
  const deployment: Deployment = deploy(parts, weather, random, KEPT_FAILURES, (event) =>
    deliveries.announce(event),
  );
  const plans = drawPlans(random, purchases);
  const students = [...new Set(plans.map(({ userId }) => userId))];
  const log: Log = { redrives: [], sweeps: [] };
  beginRound({ deployment, deliveries, random, students }, plans, log);

  await runAgenda(agenda, deployment);
  return { ...readFinalStores(deployment, deliveries.log), ...log, calmSince: CALM_SINCE };
}

/** Until nothing is left to happen. */
export function runAgenda(
  agenda: ReturnType<typeof createAgenda>,
  { processes }: Pick<Deployment, "processes">,
): Promise<void> {
  return withVirtualClock(agenda.now, async () => {
    for (let work = agenda.takeNext(); work; work = agenda.takeNext()) {
      work();
      do await settled();
      while (processes.isAnyBusy());
      const gap = processes.findGap();
      if (gap) throw gap;
    }
  });
}

/** What persons and the schedule have done, and when. */
export type Log = Pick<FinalStores, "redrives" | "sweeps">;

function beginRound(place: Place, plans: PurchasePlan[], log: Log): void {
  const { deployment, random, students } = place;
  seedCatalogue(deployment);
  signUp(students, deployment, random);
  changeAddresses(place);
  disturbCatalogue(deployment, random);
  void damageRecords(deployment, random);
  void operate(place, log);
  void startByHand(place);
  void sweepHourly(deployment, random, { until: CALM_SINCE + DAY, log });
  for (const plan of plans) {
    void purchase(plan, place);
    if (random.chance(0.1)) void sellElsewhere(place);
  }
  deployment.agenda.after(CALM_SINCE - START, () => {
    for (const userId of students) void comeBack(userId, place);
    deployment.agenda.after(3 * HOUR, () => void redriveLetters(deployment, log, () => true));
  });
}

/** All that a step of the run leads to without waiting for a service. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Caches and signatures ask Date.now(). Limits are set by timers, and how long this machine takes for a second of a run says
 * nothing of whether it would be over in time: no timer that is set meanwhile ever ends.
 */
export async function withVirtualClock(now: () => number, work: () => Promise<void>): Promise<void> {
  const { now: realNow } = Date;
  const { setTimeout: realTimeout } = globalThis;
  Date.now = now;
  globalThis.setTimeout = (() => undefined) as unknown as typeof setTimeout;
  try {
    await work();
  } finally {
    Date.now = realNow;
    globalThis.setTimeout = realTimeout;
  }
}

export function readFinalStores(
  { table, stripe, queues, states, requests }: Deployment,
  deliveries: FinalStores["deliveries"],
): FinalStores {
  return {
    items: table.allItems(),
    stream: table.stream,
    sessions: [...stripe.sessions.values()],
    customers: [...stripe.customers.values()],
    charges: [...stripe.charges.values()],
    disputes: [...stripe.disputes.values()],
    refundedAt: stripe.refundedAt,
    events: stripe.events,
    deadLetters: queues.messages(DEAD_LETTER_QUEUE).map(({ body }) => body),
    deadLettersEver: queues.allMessages(DEAD_LETTER_QUEUE).map(({ body }) => body),
    waiting: queues.messages(OVERFLOW_QUEUE).map(({ body }) => body),
    overflowEver: queues.allMessages(OVERFLOW_QUEUE),
    executions: states.all(),
    deliveries,
    requests,
    redrives: [],
    sweeps: [],
    calmSince: undefined,
  };
}

/** One purchase in five is for a course that the student is buying already. */
function drawPlans(random: Random, purchases: number): PurchasePlan[] {
  const plans: PurchasePlan[] = [];
  for (let index = 0; index < purchases; index += 1) {
    const [earlier] = plans.slice(-1 - random.below(5));
    if (earlier && random.chance(0.2)) plans.push(earlier);
    else
      plans.push({
        userId: `student-${random.below(Math.ceil(purchases * 0.7))}`,
        courseIndex: random.below(64),
      });
  }
  return plans;
}

/** Every service is away now and then, for minutes at most; and once nothing can be started, for hours. */
function drawOutages(random: Random, count: number): Outage[] {
  const services = ["dynamodb", "states", "sqs", "secrets", "stripe", "lambda"] as const;
  const from = START + random.between(0, 4 * DAY);
  const to = from + random.between(HOUR, 12 * HOUR);
  const noStarts = { service: "states", operation: "StartExecutionCommand", from, to } as const;
  const short = services.flatMap((service) =>
    Array.from({ length: count }, () => {
      const from = START + random.between(0, 14 * HOUR);
      return { service, from, to: from + random.between(MINUTE, 20 * MINUTE) };
    }),
  );
  return [...short, noStarts];
}
