/** A sweep of a day with so many purchases, in virtual time: the shipped reconciliation on models that answer as slowly as the services. */
import { createCourseStore } from "#handlers/adapters/dynamodb/courses.ts";
import { createDeliveryRecords } from "#handlers/adapters/dynamodb/deliveries.ts";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { createOpenCheckoutStore } from "#handlers/adapters/dynamodb/open-checkouts.ts";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { createSweepStore } from "#handlers/adapters/dynamodb/sweep.ts";
import { createAllExecutions } from "#handlers/adapters/step-functions/all-executions.ts";
import { createStripeSessions } from "#handlers/adapters/stripe/checkout-sessions.ts";
import { keepPace } from "#handlers/adapters/stripe/pace.ts";
import { createStripePaymentRecords } from "#handlers/adapters/stripe/payment-records.ts";
import { createReconcile } from "#handlers/reconcile.ts";
import { TIMEOUT_SECONDS } from "#infra/deployment/timeouts.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import type { SweepPorts } from "#workflow/reconcile/sweep.ts";
import { type Agenda, createAgenda } from "../simulation/agenda.ts";
import { withVirtualClock } from "../simulation/round.ts";
import { createDay, DAY_START, type Day } from "./day.ts";
import { createStepFunctions, createStripe } from "./services.ts";
import { createTable } from "./table.ts";

const BEGIN = DAY_START * 1000 + 24 * 60 * 60 * 1000 + 5 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;
/** As long as the function may run, and as often as it is asked to go on. */
const LIMIT_MS = TIMEOUT_SECONDS.reconcile * 1000;
const DELIVERED_IN_MS = 3_000;

export interface MillionResult {
  purchases: number;
  invocations: number;
  /** Virtual: from the first invocation to the end of the last. */
  minutes: number;
  stripeReads: number;
  mostStripeReadsInASecond: number;
  tableRequests: number;
  /** How often all that is stored of a purchase was looked at, over the purchases. */
  looksPerPurchase: number;
  lost: number;
  startedLate: number;
  /** Lost, and still not started. */
  stillLost: number;
  unreadable: number;
  sweptUntil: string;
}

/** @param spoil for a planted bug */
export async function runMillion(
  purchases: number,
  announce: (sweptUntil: string) => void = () => {},
  spoil: (ports: SweepPorts) => SweepPorts = (ports) => ports,
): Promise<MillionResult> {
  const agenda = createAgenda(BEGIN);
  const day = createDay(purchases);
  const models = createModels(day, agenda);
  const ports = spoil(models.ports);
  await drain(agenda, async () => {
    await ports.sweeps.saveSweep({ sweptUntil: new Date(DAY_START * 1000).toISOString() }, undefined);
  });
  const tally = { invocations: 0, minutes: 0, startedLate: 0, unreadable: 0, sweptUntil: "" };

  async function invoke(goOn: boolean) {
    const end = agenda.now() + LIMIT_MS;
    const deadline = { getRemainingTimeInMillis: () => end - agenda.now() };
    const report = await createReconcile(ports)({ goOn }, deadline);
    tally.invocations += 1;
    if (!report) return true;
    announce(report.sweptUntil);
    tally.startedLate += report.drift;
    tally.unreadable += report.unreadable;
    tally.sweptUntil = report.sweptUntil;
    return !report.isUnfinished;
  }

  await drain(agenda, async () => {
    for (let begun = agenda.now(); !(await invoke(tally.invocations > 0)); begun = agenda.now()) {
      if (agenda.now() - BEGIN > DAY_MS) break;
      await agenda.sleep(begun + LIMIT_MS - agenda.now());
    }
    tally.minutes = Math.round((agenda.now() - BEGIN) / 6_000) / 10;
    // What could not be started at first is the next hour's.
    await agenda.sleep(Math.max(0, BEGIN + HOUR_MS - agenda.now()));
    await invoke(false);
  });
  const { stripeReads, tableCounted, started } = models;
  const lost = day.lost();
  return {
    purchases,
    ...tally,
    stripeReads: stripeReads.reads,
    mostStripeReadsInASecond: stripeReads.mostInASecond,
    tableRequests: tableCounted.requests,
    looksPerPurchase: Math.round((tableCounted.looks / purchases) * 1000) / 1000,
    lost,
    stillLost: lost - started.size,
  };
}

function createModels(day: Day, agenda: Agenda) {
  const call = async <T>(latencyMs: number, effect: () => T): Promise<T> => {
    await agenda.sleep(latencyMs);
    return effect();
  };
  const executions = createStepFunctions(day, call, agenda.now);
  const enrolledAt = (index: number) => {
    const startedAt = day.isLost(index) ? executions.startedAt.get(index) : day.paidAt(index) * 1000;
    const at = (startedAt ?? Infinity) + DELIVERED_IN_MS;
    return at > agenda.now() ? undefined : at;
  };
  const { table, counted } = createTable(day, enrolledAt, call);
  const { stripe, counted: stripeReads } = createStripe(day, call, agenda.now);
  const clock = { now: agenda.now, wait: (ms: number) => agenda.sleep(ms) };
  const paced = keepPace(
    async () => stripe,
    async () => "live",
    clock,
  );
  const ports: SweepPorts = {
    courses: createCourseStore(table, () => undefined),
    enrollments: createEnrollmentStore(table),
    openCheckouts: createOpenCheckoutStore(table),
    purchases: createPurchaseStore(table),
    deliveries: createDeliveryRecords(table),
    sweeps: createSweepStore(table),
    payments: {
      ...createStripePaymentRecords(paced, "bursar", clock.wait),
      ...createStripeSessions(paced, "bursar"),
    },
    executions: createAllExecutions(STATE_MACHINE_ARN, executions.client),
    pause: clock.wait,
    now: () => new Date(agenda.now()),
  };
  return { ports, stripeReads, tableCounted: counted, started: executions.startedAt };
}

/** Until nothing is left to happen. */
async function drain(agenda: ReturnType<typeof createAgenda>, work: () => Promise<void>): Promise<void> {
  await withVirtualClock(agenda.now, async () => {
    const done = work();
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = agenda.takeNext();
      if (!next) break;
      next();
    }
    await done;
  });
}
