/** Enrolls a student in a course, in the way that the course's pricing model asks for. */
import type { Course, Enrollment, Student } from "../model.ts";
import type { PaymentProvider } from "../ports/payments.ts";
import type { EnrollmentStore, OpenCheckoutStore } from "../ports/stores.ts";
import { enrollFree } from "./free.ts";
import { enrollPaid } from "./paid.ts";

export type EnrollResult =
  | { outcome: "enrolled"; enrollment: Enrollment }
  | { outcome: "already-enrolled"; enrollment: Enrollment }
  | { outcome: "payment-needed"; checkoutSessionId: string; clientSecret: string }
  | { outcome: "payment-in-progress"; checkoutSessionId: string }
  | { outcome: "not-for-sale" };

export interface EnrollPorts {
  enrollments: EnrollmentStore;
  openCheckouts: OpenCheckoutStore;
  payments: PaymentProvider;
  now: () => Date;
}

export async function enroll(student: Student, course: Course, ports: EnrollPorts): Promise<EnrollResult> {
  const standing = await ports.enrollments.findEnrollment(student.userId, course.courseId);
  if (standing) return { outcome: "already-enrolled", enrollment: standing };
  switch (course.pricingModel) {
    case "free":
      return enrollFree(student, course, ports);
    case "paid":
      return enrollPaid(student, course, ports);
  }
}
