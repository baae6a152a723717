/**
 * A blackout: for 29 days no webhook arrives, nothing is swept and no secret can be read, while students buy. Then all of it
 * is back, and nobody does anything: who has paid must be enrolled.
 */
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { student } from "#test/support/payment-events.ts";
import { checkStores } from "../check/check-stores.ts";
import { createAgenda } from "../simulation/agenda.ts";
import { seedCatalogue } from "../simulation/catalogue.ts";
import { createDeliveries } from "../simulation/deliveries.ts";
import { type Deployment, deploy } from "../simulation/deployment.ts";
import { type Parts, readShippedParts } from "../simulation/parts.ts";
import { checkOut } from "../simulation/purchase.ts";
import { createRandom, type Random } from "../simulation/random.ts";
import { type Log, readFinalStores, runAgenda } from "../simulation/round.ts";
import { sweepHourly } from "../simulation/sweeps.ts";
import { createWeather, type Outage } from "../simulation/weather.ts";

const START = Date.parse("2026-10-01T12:00:00.000Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FROM = START + 2 * HOUR;
const TO = FROM + 29 * DAY;
/** Everything is over by then: executions, sweeps, and what they have started. */
const END = TO + 7 * DAY;
const CALM = { fault: 0, stop: 0, outage: 1, outagesPerService: 0 };
const AWAY: Outage[] = [
  { service: "secrets", from: FROM, to: TO },
  // When it is back, so many are to be started that some are turned away.
  { service: "states", operation: "StartExecutionCommand", from: TO, to: TO + 70 * MINUTE },
];

export interface BlackoutResult {
  seed: number;
  students: number;
  settled: number;
  enrolled: number;
  /** Settled, and in nobody's course when it was over. */
  lost: string[];
  /** Of the promises of the simulation. */
  broken: string[];
  deadLetters: number;
  sweeps: number;
  /** From the return to the last enrollment of what was paid before it. */
  hours: number;
}

/** @param parts what is deployed; spoiled for a planted bug */
export async function runBlackout(
  { seed, students }: { seed: number; students: number },
  announce: (at: string) => void = () => {},
  parts: Parts = readShippedParts(),
): Promise<BlackoutResult> {
  const random = createRandom(seed);
  const agenda = createAgenda(START);
  const climate = { rates: CALM, outages: AWAY, usualSince: Infinity, calmSince: END };
  const deliveries = createDeliveries(random, { from: FROM, to: TO }, () => deployment);
  const deployment: Deployment = deploy(parts, createWeather(agenda, random, climate), random, 0, (event) =>
    deliveries.announce(event),
  );
  const log: Log = { redrives: [], sweeps: [] };
  seedCatalogue(deployment);
  void sweepHourly(deployment, random, { until: FROM, log });
  agenda.after(TO - START, () => void sweepHourly(deployment, random, { until: END, log }));
  for (let index = 0; index < students; index += 1) void buy(`student-${index}`, index, deployment, random);
  for (let at = START; at < END; at += DAY)
    agenda.after(at - START, () => announce(new Date(agenda.now()).toISOString().slice(0, 10)));
  await runAgenda(agenda, deployment);
  const stores = { ...readFinalStores(deployment, deliveries.log), ...log, calmSince: undefined };
  const enrollments = stores.items.filter(({ SK }) => String(SK).startsWith("ENROLLMENT#"));
  const delivered = new Set(enrollments.map(({ stripeSessionId }) => stripeSessionId));
  const settled = stores.sessions.filter(({ payment_status }) => payment_status === "paid");
  const paidInIt = new Set<unknown>(
    stores.events
      .filter(({ created, data }) => created * 1000 < TO && data.object.payment_status === "paid")
      .map(({ data }) => data.object.id),
  );
  return {
    seed,
    students,
    settled: settled.length,
    enrolled: enrollments.length,
    lost: settled.flatMap(({ id }) => (delivered.has(id) ? [] : id)),
    broken: checkStores(stores).map(({ what }) => what),
    deadLetters: stores.deadLettersEver.length,
    sweeps: log.sweeps.length,
    hours: hoursUntil(
      enrollments
        .filter(({ stripeSessionId }) => paidInIt.has(stripeSessionId))
        .map(({ enrolledAt }) => Date.parse(String(enrolledAt))),
    ),
  };
}

/** They pay, close the page and wait; some pay by a debit that takes days, some never. */
async function buy(userId: string, index: number, deployment: Deployment, random: Random): Promise<void> {
  const { agenda, stripe, table } = deployment;
  table.put(studentItem({ ...student, userId }));
  // Also in the first and the last minutes.
  await agenda.sleep(FROM - START + random.between(0, TO - FROM - 10 * MINUTE));
  const session = await checkOut({ userId, courseIndex: index }, { deployment });
  if (!session) throw new Error(`${userId} was given no form`);
  await agenda.sleep(random.between(5_000, 10 * MINUTE));
  const method = random.pick(["card", "card", "card", "card", "card", "card", "card", "bank", "abandoned"]);
  if (method === "abandoned") return;
  stripe.complete(session, method === "card" ? "paid" : "unpaid");
  if (method === "card") return;
  await agenda.sleep(random.between(DAY, 6 * DAY));
  stripe.settleDelayed(session, random.chance(0.9));
}

function hoursUntil(instants: number[]): number {
  const last = instants.reduce((latest, instant) => Math.max(latest, instant), TO);
  return Math.round(((last - TO) / HOUR) * 10) / 10;
}
