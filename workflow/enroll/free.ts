/** A free course is the student's at once. */
import type { Enrollment, FreeCourse, Student } from "../model.ts";
import type { EnrollPorts, EnrollResult } from "./enroll.ts";

export async function enrollFree(
  student: Student,
  course: FreeCourse,
  ports: EnrollPorts,
): Promise<EnrollResult> {
  if (course.status === "retired") return { outcome: "not-for-sale" };
  const enrollment: Enrollment = {
    userId: student.userId,
    courseId: course.courseId,
    enrollmentType: "free",
    enrolledAt: ports.now().toISOString(),
    paymentStatus: "free",
    progress: 0,
    completed: false,
  };
  if (await ports.enrollments.createEnrollment(enrollment)) return { outcome: "enrolled", enrollment };
  const faster = await ports.enrollments.findEnrollment(student.userId, course.courseId);
  return { outcome: "already-enrolled", enrollment: faster ?? enrollment };
}
