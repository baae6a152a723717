/** Enrolls a student in a course, in the way that the course's pricing model asks for. */
import type { Course, Enrollment } from "../model.ts";
import type { Buyer, PaymentProvider } from "../ports/payments.ts";
import type { EnrollmentStore, OpenCheckoutStore, PurchaseStore, StudentStore } from "../ports/stores.ts";
import { enrollFree } from "./free.ts";
import { enrollPaid } from "./paid.ts";

export type EnrollResult =
  | { outcome: "enrolled"; enrollment: Enrollment }
  | { outcome: "already-enrolled"; enrollment: Enrollment }
  | { outcome: "payment-needed"; checkoutSessionId: string; clientSecret: string }
  | { outcome: "payment-in-progress"; checkoutSessionId: string }
  /** Retired; or with a refusal, which says why to those who sell and holds nothing personal. */
  | {
      outcome: "not-for-sale";
      refusal?: { code: string; param: string; providerRequestId?: string | undefined };
    };

export interface EnrollPorts {
  enrollments: EnrollmentStore;
  openCheckouts: OpenCheckoutStore;
  purchases: Pick<PurchaseStore, "findPurchase" | "openPurchase">;
  students: Pick<StudentStore, "unlinkCustomer">;
  payments: Pick<PaymentProvider, "openCheckout" | "findCheckout" | "expireCheckout">;
  now: () => Date;
  /** Told that another checkout of the course may still be payable; the reconciliation expires what is left. */
  onOtherLeftOpen: (error: unknown) => void;
}

export async function enroll(student: Buyer, course: Course, ports: EnrollPorts): Promise<EnrollResult> {
  const standing = await ports.enrollments.findEnrollment(student.userId, course.courseId);
  if (standing) return { outcome: "already-enrolled", enrollment: standing };
  switch (course.pricingModel) {
    case "free":
      return enrollFree(student, course, ports);
    case "paid":
      return enrollPaid(student, course, ports);
  }
}
