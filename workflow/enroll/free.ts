/** A free course is the student's at once. */
import { expireOtherCheckout } from "../checkout/expire-other.ts";
import type { Enrollment, FreeCourse, Student } from "../model.ts";
import type { EnrollPorts, EnrollResult } from "./enroll.ts";

export async function enrollFree(
  { userId }: Student,
  { courseId, status }: FreeCourse,
  ports: EnrollPorts,
): Promise<EnrollResult> {
  if (status === "retired") return { outcome: "not-for-sale" };
  const enrollment: Enrollment = {
    userId,
    courseId,
    enrollmentType: "free",
    enrolledAt: ports.now().toISOString(),
    paymentStatus: "free",
    progress: 0,
    completed: false,
  };
  if (await ports.enrollments.createEnrollment(enrollment)) {
    // The course may have cost something when the student last looked.
    await expireOtherCheckout({ userId, courseId }, ports).catch(ports.onOtherLeftOpen);
    return { outcome: "enrolled", enrollment };
  }
  const faster = await ports.enrollments.findEnrollment(userId, courseId);
  return { outcome: "already-enrolled", enrollment: faster ?? enrollment };
}
