/** Enrolling on stores in memory and a payment provider that a test may change. */
import { beforeEach } from "vitest";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { createProvider, type ProviderInMemory } from "#test/support/payment-provider.ts";
import { NOON } from "#test/support/purchases.ts";
import { type EnrollResult, enroll } from "#workflow/enroll/enroll.ts";
import type { Course, Student } from "#workflow/model.ts";

interface EnrollUnderTest {
  stores: InMemoryStores;
  payments: ProviderInMemory;
  /** What was said of checkouts that may be left open. */
  leftOpen: unknown[];
  /** Ada and the paid course, unless told otherwise. */
  enroll(course?: Course, asStudent?: Student): Promise<EnrollResult>;
}

/** @returns what is new for every test of the file */
export function useEnroll(): EnrollUnderTest {
  const under = {} as EnrollUnderTest;
  beforeEach(() => {
    under.stores = createInMemoryStores({ students: [student] });
    under.payments = createProvider();
    under.leftOpen = [];
    under.enroll = (course = paidCourse, asStudent = student) => {
      const { stores, payments, leftOpen } = under;
      return enroll(asStudent, course, {
        enrollments: stores,
        openCheckouts: stores,
        purchases: stores,
        students: stores,
        payments,
        now: () => new Date(NOON),
        onOtherLeftOpen: (error) => leftOpen.push(error),
      });
    };
  });
  return under;
}
