/** The stores' rules in memory, for tests that need to place a fault or look at a single rule. */
import type { Course, Enrollment, OpenCheckout, SettledCheckout, Student } from "#workflow/model.ts";
import type {
  CourseStore,
  EnrollmentStore,
  OpenCheckoutStore,
  SettledCheckoutStore,
  StudentStore,
} from "#workflow/ports/stores.ts";

export interface InMemoryStores
  extends CourseStore,
    StudentStore,
    EnrollmentStore,
    OpenCheckoutStore,
    SettledCheckoutStore {
  courses: Map<string, Course>;
  students: Map<string, Student>;
  enrollments: Map<string, Enrollment>;
  openCheckouts: Map<string, OpenCheckout>;
  settledCheckouts: Map<string, SettledCheckout>;
}

const pair = (userId: string, courseId: string) => `${userId}/${courseId}`;

export function createInMemoryStores(
  seed: { courses?: Course[]; students?: Student[] } = {},
): InMemoryStores {
  const courses = new Map((seed.courses ?? []).map((course) => [course.courseId, course]));
  const students = new Map((seed.students ?? []).map((student) => [student.userId, student]));
  const enrollments = new Map<string, Enrollment>();
  const openCheckouts = new Map<string, OpenCheckout>();
  const settledCheckouts = new Map<string, SettledCheckout>();
  return {
    courses,
    students,
    enrollments,
    openCheckouts,
    settledCheckouts,
    listCourses: async () => [...courses.values()],
    async *listCoursesAfter(courseId = "") {
      const ids = [...courses.keys()].filter((id) => id > courseId).sort();
      yield* ids.flatMap((id) => courses.get(id) ?? []);
    },
    findCourses: async (courseIds) => courseIds.flatMap((courseId) => courses.get(courseId) ?? []),
    findCourse: async (courseId) => courses.get(courseId),
    findStudent: async (userId) => students.get(userId),
    ensureStudent: async (student) => {
      if (!students.has(student.userId)) students.set(student.userId, student);
      return students.get(student.userId) ?? student;
    },
    linkCustomer: async (userId, customerId, at) => {
      const student = students.get(userId);
      if (!student) return undefined;
      if (!student.stripeCustomerId)
        students.set(userId, { ...student, stripeCustomerId: customerId, updatedAt: at });
      return students.get(userId)?.stripeCustomerId;
    },
    findEnrollment: async (userId, courseId) => enrollments.get(pair(userId, courseId)),
    listEnrollments: async (userId) => [...enrollments.values()].filter((found) => found.userId === userId),
    createEnrollment: async (enrollment) => {
      const key = pair(enrollment.userId, enrollment.courseId);
      if (enrollments.has(key)) return false;
      enrollments.set(key, enrollment);
      return true;
    },
    findOpenCheckout: async (userId, courseId) => openCheckouts.get(pair(userId, courseId)),
    replaceOpenCheckout: async (next, previous) => {
      const key = pair(next.userId, next.courseId);
      if (openCheckouts.get(key)?.checkoutSessionId !== previous?.checkoutSessionId) return false;
      openCheckouts.set(key, next);
      return true;
    },
    closeOpenCheckout: async ({ userId, courseId, checkoutSessionId }, closedAt) => {
      const standing = openCheckouts.get(pair(userId, courseId));
      if (standing?.checkoutSessionId === checkoutSessionId)
        openCheckouts.set(pair(userId, courseId), { ...standing, closedAt });
    },
    findSettledCheckout: async (userId, checkoutSessionId) =>
      settledCheckouts.get(pair(userId, checkoutSessionId)),
    replaceSettledCheckout: async (next, previous) => {
      const key = pair(next.userId, next.checkoutSessionId);
      const standing = settledCheckouts.get(key);
      if (Boolean(standing) !== Boolean(previous) || standing?.followedUpAt !== previous?.followedUpAt)
        return false;
      settledCheckouts.set(key, next);
      return true;
    },
  };
}
