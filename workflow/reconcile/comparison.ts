/** What each part of a comparison is given: what it reads from, and who is told of what it finds. */
import { eachConcurrently, mapConcurrently } from "../map-concurrently.ts";
import { isCourseId } from "../model.ts";
import type { PaymentEvent } from "../payment-event.ts";
import type { ExecutionFollowUp } from "../ports/executions.ts";
import type { PaymentProvider, PaymentRecords } from "../ports/payments.ts";
import type {
  CourseStore,
  Delivery,
  DeliveryRecords,
  EnrollmentRecords,
  EnrollmentStore,
  OpenCheckoutStore,
  PurchaseRecords,
  PurchaseStore,
  ReportDated,
} from "../ports/stores.ts";
import { UnreadableRecord } from "../unreadable-record.ts";
import { type Drift, keyOf } from "./drift.ts";

export interface ReconcilePorts {
  payments: PaymentRecords & Pick<PaymentProvider, "findCheckout">;
  courses: Pick<CourseStore, "listCourses">;
  openCheckouts: Pick<OpenCheckoutStore, "findOpenCheckout">;
  enrollments: Pick<EnrollmentStore, "findEnrollment"> & EnrollmentRecords;
  purchases: PurchaseRecords & Pick<PurchaseStore, "findPurchase" | "clearAttention" | "noteFailure">;
  deliveries: DeliveryRecords;
  executions: Pick<ExecutionFollowUp, "findExecutionStatus">;
  pause: (milliseconds: number) => Promise<void>;
  now: () => Date;
}

export type Looked = Record<"events" | "sessions" | "enrollments", number>;

export interface Comparison {
  ports: ReconcilePorts;
  looked: Looked;
  report: ReportDated;
  /** @param at when that happened by which it was found; undefined of what is found whenever it is looked for */
  onDrift: (drift: Drift, at: string | undefined) => Promise<void>;
  /** What happened then is not to be known yet. */
  readAgain: (at: string) => void;
  /** Whether an execution has looked at an event of a checkout that was not paid; undefined: whoever is told finds out. */
  hasExecution: ((event: PaymentEvent) => Promise<boolean>) | undefined;
  /**
   * Of which checkout sessions an event tells that is younger than all that is compared; undefined: it cannot be known yet,
   * since periods that are younger are still to be compared.
   */
  toldLater: (() => Promise<ReadonlySet<string>>) | undefined;
  /**
   * True: no further part is begun.
   * @param held how many are held in memory
   */
  isEnough: (held: number) => boolean;
  /** True: not even what is begun is read to its end. */
  isTooMuch: (held: number) => boolean;
  /** Checkout sessions that are known to be delivered from what was read before, and are not looked at once more. */
  deliveredBefore: readonly string[];
  courseIds: readonly string[];
}

/** Longer than a delivery takes from Stripe's event to the enrollment. */
const SECOND_LOOK_MS = 3_000;

/**
 * What is found is looked at a second time, since a purchase may have been under way at the first.
 * @param at undefined of what is found whenever it is looked for
 */
export async function lookTwice<T>(
  items: T[],
  look: (item: T) => Promise<(Drift | undefined)[]>,
  at: (item: T) => string | undefined,
  { ports, report, onDrift, readAgain }: Pick<Comparison, "ports" | "report" | "onDrift" | "readAgain">,
): Promise<void> {
  async function lookAll(some: T[]) {
    return mapConcurrently(some, async (item) => {
      const drift = (await look(item).catch(orReport(item))).flatMap((one) => one ?? []);
      return drift.length > 0 ? { item, drift } : undefined;
    });
  }
  const orReport = (item: T) => (error: unknown) => {
    if (!(error instanceof UnreadableRecord)) throw error;
    report(error, at(item));
    return [] as undefined[];
  };
  const first = await lookAll(items);
  if (first.length === 0) return;
  await ports.pause(SECOND_LOOK_MS);
  const known = new Set(first.flatMap(({ drift }) => drift.map(keyOf)));
  const second = await lookAll(first.map(({ item }) => item));
  await eachConcurrently(second, async ({ item, drift }) => {
    for (const one of drift) {
      const instant = at(item);
      if (known.has(keyOf(one))) await onDrift(one, instant);
      else if (instant) readAgain(instant);
    }
  });
}

/** @returns what lists the events from then on, once, when it is needed */
export function listToldLater(since: Date, { payments, now }: ReconcilePorts, report: ReportDated) {
  async function list() {
    const told = new Set<string>();
    const until = new Date(now().getTime() + SECOND_LOOK_MS);
    for await (const event of payments.listPaymentEvents({ since, until }, report))
      told.add(event.checkoutSessionId);
    return told;
  }
  let listed: Promise<ReadonlySet<string>> | undefined;
  return () => {
    listed ??= list();
    return listed;
  };
}

interface Named {
  userId?: string | null | undefined;
  courseId?: string | null | undefined;
  checkoutSessionId?: string | undefined;
}

/**
 * Reads what is stored of all of them at once.
 * @returns those of which it must be looked closer at: what is not `plain`, and what nobody can have stored anything of
 */
export async function findOdd<T extends Named>(
  items: T[],
  isPlain: (item: T, delivery: Delivery) => boolean,
  at: (item: T) => string,
  { ports, report }: Pick<Comparison, "ports" | "report">,
): Promise<T[]> {
  const odd: T[] = [];
  const known: { item: T; ids: Parameters<DeliveryRecords["findDeliveries"]>[0][number] }[] = [];
  for (const item of items) {
    const { userId, courseId, checkoutSessionId } = item;
    if (userId && isCourseId(courseId)) known.push({ item, ids: { userId, courseId, checkoutSessionId } });
    else odd.push(item);
  }
  if (known.length === 0) return odd;
  const deliveries = await ports.deliveries.findDeliveries(known.map(({ ids }) => ids));
  for (const [index, { item }] of known.entries()) {
    const delivery = deliveries[index] ?? { unreadable: [] };
    for (const record of delivery.unreadable) report(record, at(item));
    if (delivery.unreadable.length === 0 && !isPlain(item, delivery)) odd.push(item);
  }
  return odd;
}
