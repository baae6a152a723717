/** What a reconciliation looks at, in memory: a test fills in what the payment provider and Step Functions remember. */
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { PaymentNotice } from "#workflow/payment-notice.ts";
import type { ExecutionStatus } from "#workflow/ports/executions.ts";
import type { CheckoutSession } from "#workflow/ports/payments.ts";
import type { ReportUnreadable, Sweep } from "#workflow/ports/stores.ts";
import type { SweepPorts } from "#workflow/reconcile/sweep.ts";
import type { UnreadableRecord } from "#workflow/unreadable-record.ts";

export interface SweepUnderTest {
  stores: InMemoryStores;
  events: PaymentEvent[];
  notices: PaymentNotice[];
  sessions: CheckoutSession[];
  /** Reported in each list of events, beside those. */
  unreadable: UnreadableRecord[];
  executions: Map<string, ExecutionStatus>;
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
      listEnrollmentsSince: async (courseId, since) =>
        [...stores.enrollments.values()].filter(
          (one) => one.courseId === courseId && isSince(one.enrolledAt, since),
        ),
    },
    sweeps: {
      findSweep: async () => under.swept,
      async saveSweep(next, previous) {
        if (under.swept?.sweptUntil !== previous?.sweptUntil) return false;
        under.swept = next;
        return true;
      },
    },
    pause: async () => void (await under.whilePausing()),
    now: () => new Date(under.time),
  };
  return under;
}

const isSince = (at: string | undefined, since: Date) => Date.parse(at ?? "") >= since.getTime();

async function* each<T>(records: T[]): AsyncGenerator<T> {
  for (const record of records) yield Promise.resolve(record);
}

function paymentsOf(under: SweepUnderTest): SweepPorts["payments"] {
  return {
    listPaymentEvents(since: Date, report: ReportUnreadable) {
      under.unreadable.forEach(report);
      return each(under.events.filter(({ occurredAt }) => isSince(occurredAt, since)));
    },
    listNotices: (since) => each(under.notices.filter(({ occurredAt }) => isSince(occurredAt, since))),
    listCheckouts: (since) => each(under.sessions.filter(({ createdAt }) => isSince(createdAt, since))),
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
    listExecutionsSince: async () => executions,
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
    startAfresh: async ({ eventId }) => void start(`${eventId}-r1`),
  };
}
