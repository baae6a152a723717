/** What a reconciliation looks at, in memory: a test fills in what the payment provider and Step Functions remember. */
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import type { PaybackOutcome } from "#workflow/checkout/note-payback.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { PaymentNotice } from "#workflow/payment-notice.ts";
import type { Period } from "#workflow/period.ts";
import type { ExecutionStatus } from "#workflow/ports/executions.ts";
import type { CheckoutSession } from "#workflow/ports/payments.ts";
import type { DeliveryRecords, Sweep } from "#workflow/ports/stores.ts";
import type { HandledDrift } from "#workflow/reconcile/deliver-late.ts";
import { type SweepListener, type SweepPorts, sweep } from "#workflow/reconcile/sweep.ts";
import { UnreadableRecord } from "#workflow/unreadable-record.ts";

export interface SweepUnderTest {
  stores: InMemoryStores;
  events: PaymentEvent[];
  notices: PaymentNotice[];
  sessions: CheckoutSession[];
  /** Reported in a list of events of their time, beside those. */
  unreadable: { record: UnreadableRecord; at: string }[];
  executions: Map<string, ExecutionStatus>;
  /** Names of those that ran a definition which is live no more. */
  replaced: Set<string>;
  swept: Sweep | undefined;
  /** Milliseconds. */
  time: number;
  whilePausing: () => Promise<unknown>;
  /** Given by a test: throws when an execution cannot be started. */
  onStart: (eventId: string) => void;
  /** In order: `start evt_1`, `expire cs_test_1`. */
  done: string[];
  ports: SweepPorts;
}

export function createSweepUnderTest(now: string): SweepUnderTest {
  const stores = createInMemoryStores({ courses: [paidCourse] });
  const under: SweepUnderTest = {
    stores,
    events: [],
    notices: [],
    sessions: [],
    unreadable: [],
    executions: new Map(),
    replaced: new Set(),
    swept: undefined,
    time: Date.parse(now),
    whilePausing: async () => {},
    onStart: () => {},
    done: [],
    ports: undefined as unknown as SweepPorts,
  };
  under.ports = {
    payments: paymentsOf(under),
    executions: executionsOf(under),
    courses: stores,
    purchases: stores,
    openCheckouts: stores,
    enrollments: {
      ...stores,
      listEnrollmentsOf: (courseId, period) =>
        each(
          [...stores.enrollments.values()].filter(
            (one) => one.courseId === courseId && isWithin(one.enrolledAt, period),
          ),
        ),
    },
    deliveries: deliveriesOf(stores),
    sweeps: {
      findSweep: async () => under.swept,
      async saveSweep(next, previous) {
        if (under.swept?.saves !== previous?.saves || under.swept?.sweptUntil !== previous?.sweptUntil)
          return false;
        under.swept = next;
        return true;
      },
    },
    pause: async () => void (await under.whilePausing()),
    now: () => new Date(under.time),
  };
  return under;
}

const isWithin = (at: string | undefined, { since, until }: Period) =>
  Date.parse(at ?? "") >= since.getTime() && Date.parse(at ?? "") < until.getTime();

const deliveriesOf = (stores: InMemoryStores): DeliveryRecords => ({
  findDeliveries: (ids) =>
    Promise.all(
      ids.map(async ({ userId, courseId, checkoutSessionId = "none" }) => {
        const unreadable: UnreadableRecord[] = [];
        const orReport = (error: unknown) => {
          if (!(error instanceof UnreadableRecord)) throw error;
          unreadable.push(error);
          return undefined;
        };
        return {
          enrollment: await stores.findEnrollment(userId, courseId).catch(orReport),
          openCheckout: await stores.findOpenCheckout(userId, courseId).catch(orReport),
          purchase: await stores.findPurchase(userId, checkoutSessionId).catch(orReport),
          unreadable,
        };
      }),
    ),
});

async function* each<T>(records: T[]): AsyncGenerator<T> {
  for (const record of records) yield Promise.resolve(record);
}

const newestFirst = <T extends { occurredAt: string }>(records: T[]) =>
  records.toSorted((one, other) => other.occurredAt.localeCompare(one.occurredAt));

function paymentsOf(under: SweepUnderTest): SweepPorts["payments"] {
  return {
    listPaymentEvents(period, report) {
      for (const { record, at } of under.unreadable) if (isWithin(at, period)) report(record, at);
      return each(newestFirst(under.events.filter(({ occurredAt }) => isWithin(occurredAt, period))));
    },
    listNotices: (period) =>
      each(newestFirst(under.notices.filter(({ occurredAt }) => isWithin(occurredAt, period)))),
    listCheckouts: (period) => each(under.sessions.filter(({ createdAt }) => isWithin(createdAt, period))),
    findCheckout: async (id) => under.sessions.find(({ checkoutSessionId }) => checkoutSessionId === id),
    findCheckoutByPayment: async (id) =>
      under.sessions.find(({ settlement }) => settlement?.paymentIntentId === id),
    expireCheckout: async (id) => void under.done.push(`expire ${id}`),
  };
}

function executionsOf(under: SweepUnderTest): SweepPorts["executions"] {
  const { executions, done } = under;
  function start(name: string): boolean {
    under.onStart(name);
    if (executions.has(name)) return false;
    done.push(`start ${name}`);
    executions.set(name, "running");
    return true;
  }
  return {
    async startOnce({ eventId }) {
      if (start(eventId)) return "started";
      return executions.get(eventId) === "running" ? "running" : "there";
    },
    findExecutionStatus: async (name) => executions.get(name) ?? "unknown",
    ensureExecution: async ({ eventId }) =>
      start(eventId) ? "running" : (executions.get(eventId) ?? "unknown"),
    async startExecution({ eventId }) {
      if (start(eventId)) return "started";
      if (executions.get(eventId) !== "failed") return "duplicate";
      done.push(`redrive ${eventId}`);
      executions.set(eventId, "running");
      return "redriven";
    },
    async redriveExecution(name) {
      if (!executions.has(name)) return undefined;
      const atWork = under.replaced.has(name) ? `${name}-r1` : name;
      done.push(`redrive ${name} as ${atWork}`);
      executions.set(atWork, "running");
      return atWork;
    },
    startAfresh: async ({ eventId }) => void start(`${eventId}-r1`),
  };
}

/** A whole sweep, with all that it has told. @throws Error when something could not be repaired, unless that is listened to */
export async function sweepWholly(
  ports: SweepPorts,
  onRepairFailed: SweepListener["onRepairFailed"] = (_drift, error) => {
    throw error;
  },
) {
  const told = {
    drift: [] as HandledDrift[],
    paybacks: [] as PaybackOutcome[],
    unreadable: [] as UnreadableRecord[],
  };
  const result = await sweep(ports, {
    onDrift: (drift) => told.drift.push(drift),
    onPayback: (outcome) => told.paybacks.push(outcome),
    onUnreadable: (record) => told.unreadable.push(record),
    onRepairFailed,
  });
  if (!result) throw new Error("a sweep that is asked for has always something to do");
  return { ...result, ...told };
}
