/** A round: some purchases from the first click to the last redrive, forty virtual days later. */
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { student } from "#test/support/payment-events.ts";
import type { FinalStores } from "../check/final-stores.ts";
import { createAgenda } from "./agenda.ts";
import { seedCatalogue, spoilCatalogue } from "./catalogue.ts";
import { createDeliveries } from "./deliveries.ts";
import { type Deployment, deploy } from "./deployment.ts";
import { operate } from "./operator.ts";
import type { Parts } from "./parts.ts";
import { type Place, type PurchasePlan, purchase } from "./purchase.ts";
import { DEAD_LETTER_QUEUE, OVERFLOW_QUEUE } from "./queues.ts";
import { createRandom, type Random } from "./random.ts";
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

export async function runRound({
  seed,
  purchases,
  parts,
  rates = DEFAULT_RATES,
}: RoundOptions): Promise<FinalStores> {
  const random = createRandom(seed);
  const agenda = createAgenda(START);
  const weather = createWeather(agenda, random, rates, drawOutages(random, rates.outagesPerService));
  const deliveries = createDeliveries(random, () => deployment);
  const deployment: Deployment = deploy(parts, weather, random, (event) => deliveries.announce(event));

  seedCatalogue(deployment);
  const plans = drawPlans(random, purchases);
  signUp(plans, deployment, random);
  void spoilCatalogue(deployment, random);
  void operate(deployment, random);
  const place: Place = { deployment, deliveries, random };
  for (const plan of plans) void purchase(plan, place);

  await withVirtualClock(agenda.now, async () => {
    for (let work = agenda.takeNext(); work; work = agenda.takeNext()) {
      work();
      do await settled();
      while (deployment.processes.isAnyBusy());
      const gap = deployment.processes.findGap();
      if (gap) throw gap;
    }
  });
  return readFinalStores(deployment, deliveries.log);
}

/** All that a step of the run leads to without waiting for a service. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Caches and signatures ask Date.now(). */
export async function withVirtualClock(now: () => number, work: () => Promise<void>): Promise<void> {
  const { now: realNow } = Date;
  Date.now = now;
  try {
    await work();
  } finally {
    Date.now = realNow;
  }
}

export function readFinalStores(
  { table, stripe, queues, states }: Deployment,
  deliveries: FinalStores["deliveries"],
): FinalStores {
  return {
    items: table.allItems(),
    stream: table.stream,
    sessions: [...stripe.sessions.values()],
    events: stripe.events,
    deadLetters: queues.messages(DEAD_LETTER_QUEUE).map(({ body }) => body),
    waiting: queues.messages(OVERFLOW_QUEUE).map(({ body }) => body),
    executions: states.all(),
    deliveries,
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

/** Some students are missing from the table when their first payment arrives; most of these come later. */
function signUp(plans: PurchasePlan[], { agenda, table }: Deployment, random: Random): void {
  for (const userId of new Set(plans.map((plan) => plan.userId))) {
    const add = () => {
      const known = table
        .allItems()
        .some((item) => item["PK"] === `USER#${userId}` && item["SK"] === "METADATA");
      if (!known) table.put(studentItem({ ...student, userId }));
    };
    if (random.chance(0.95)) add();
    else if (random.chance(0.7)) agenda.after(random.between(0, 3 * DAY), add);
  }
}

/** Every service is away now and then, for minutes at most. */
function drawOutages(random: Random, count: number): Outage[] {
  const services = ["dynamodb", "states", "sqs", "secrets", "stripe", "lambda"] as const;
  return services.flatMap((service) =>
    Array.from({ length: count }, () => {
      const from = START + random.between(0, 14 * HOUR);
      return { service, from, to: from + random.between(MINUTE, 20 * MINUTE) };
    }),
  );
}
