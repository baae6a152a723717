/** Erasing Ada, in the table as it is on one machine, with a payment provider in memory. */
import { beforeEach } from "vitest";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { createOpenCheckoutStore } from "#handlers/adapters/dynamodb/open-checkouts.ts";
import { createPersonalData } from "#handlers/adapters/dynamodb/personal-data.ts";
import { createPurchaseStore } from "#handlers/adapters/dynamodb/purchases.ts";
import { createStudentStore } from "#handlers/adapters/dynamodb/students.ts";
import { deleteItem, type Table } from "#handlers/adapters/dynamodb/table.ts";
import { freeCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import { createProvider, type ProviderInMemory } from "#test/support/payment-provider.ts";
import { openPurchase, openSession, paidEnrollment, settledPurchase } from "#test/support/purchases.ts";
import { scanTable, useRealTable } from "#test/support/real-table.ts";
import type { DeadLetter } from "#workflow/dead-letters/read.ts";
import type { ErasePorts } from "#workflow/erase/erase.ts";
import type { Purchase } from "#workflow/purchase.ts";

export const signature = { by: "operator", reason: "asked for by letter" };
export const DAY_AFTER = "2026-11-24T12:00:00.000Z";

/** Random, and never the same: what it is must not matter. */
export const PSEUDONYM = /erased-[0-9a-f-]{36}/g;

interface EraseUnderTest {
  table: Table;
  payments: ProviderInMemory;
  letters: DeadLetter[];
  ports: ErasePorts;
  stores: ReturnType<typeof openStores>;
  /** Puts everything back as it was at first. */
  reset(purchase?: Partial<Purchase>): Promise<void>;
  /** The whole table, in the order of its keys. */
  scan(): ReturnType<typeof scanTable>;
}

function openStores(table: Table) {
  return {
    students: createStudentStore(table),
    enrollments: createEnrollmentStore(table),
    openCheckouts: createOpenCheckoutStore(table),
    purchases: createPurchaseStore(table),
  };
}

/** Ada has bought one course, has a free one, and the form of a third is open. */
export function useErase(): EraseUnderTest {
  const openTable = useRealTable();
  const under = { letters: [] as DeadLetter[] } as EraseUnderTest;

  under.scan = () => scanTable(under.table);
  under.reset = async (changes = {}) => {
    under.table = openTable();
    for (const { PK, SK } of await under.scan()) await deleteItem(under.table, { PK, SK });
    under.letters.length = 0;
    under.payments = createProvider();
    under.stores = openStores(under.table);
    const { students, enrollments, openCheckouts, purchases } = under.stores;
    await students.ensureStudent({ ...student, stripeCustomerId: "cus_1" });
    await purchases.openPurchase(settledPurchase(changes));
    await enrollments.createEnrollment(paidEnrollment());
    const { stripeSessionId: _none, ...free } = paidEnrollment({ courseId: freeCourse.courseId });
    await enrollments.createEnrollment({ ...free, enrollmentType: "free", paymentStatus: "free" });
    const open = { courseId: "TEST-COURSE-005", checkoutSessionId: "cs_test_open" };
    await purchases.openPurchase(openPurchase(open));
    await openCheckouts.replaceOpenCheckout({ ...open, userId: student.userId, attempt: 1 }, undefined);
    under.payments.sessions.set("cs_test_open", openSession(open));
    under.ports = {
      personalData: createPersonalData(under.table),
      payments: under.payments,
      letters: { peekDeadLetters: async () => under.letters },
      now: () => new Date(DAY_AFTER),
    };
  };
  beforeEach(() => under.reset());
  return under;
}

/** A place that Ada has paid for and another student has. */
export async function giveToGrace({ stores }: EraseUnderTest): Promise<void> {
  const ids = { courseId: "TEST-COURSE-002", checkoutSessionId: "cs_test_moved" };
  const settlement = paymentEvent({ ...ids, eventId: "evt_moved" });
  const decision = {
    kind: "transferred",
    reason: "a friend of Ada takes part",
    by: "operator",
    at: DAY_AFTER,
    to: "user-grace",
  } as const;
  await stores.purchases.openPurchase(settledPurchase({ ...ids, settlement, decision }));
  await stores.purchases.openPurchase(settledPurchase({ ...ids, settlement, userId: "user-grace" }));
  await stores.enrollments.createEnrollment(
    paidEnrollment({ userId: "user-grace", courseId: ids.courseId, stripeSessionId: ids.checkoutSessionId }),
  );
}
