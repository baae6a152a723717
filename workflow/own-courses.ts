/** A student's own courses: what they are called and where they are taken, retired ones too. */
import type { OwnEnrollment } from "./contract.ts";
import type { CourseStore, EnrollmentStore, ReportUnreadable } from "./ports/stores.ts";

interface OwnCoursesPorts {
  courses: Pick<CourseStore, "findOwnCourses">;
  enrollments: Pick<EnrollmentStore, "listEnrollments">;
}

/** @returns every enrollment, also of a course that is gone */
export async function listOwnCourses(
  userId: string,
  { courses, enrollments }: OwnCoursesPorts,
  report: ReportUnreadable,
): Promise<OwnEnrollment[]> {
  const own = await enrollments.listEnrollments(userId, report);
  const found = await courses.findOwnCourses(own.map(({ courseId }) => courseId));
  const courseOf = new Map(found.map((course) => [course.courseId, course]));
  return own.map((enrollment) => {
    const course = courseOf.get(enrollment.courseId);
    if (!course) return enrollment;
    // No copy: there may be a thousand.
    const listed: OwnEnrollment = enrollment;
    listed.courseName = course.name;
    listed.instructor = course.instructor;
    if (course.accessUrl) listed.accessUrl = course.accessUrl;
    return listed;
  });
}
