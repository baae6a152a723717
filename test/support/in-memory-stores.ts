/** The stores' rules in memory, for tests that need to place a fault or look at a single rule. */
import type { Course, Enrollment, OpenCheckout, Student } from "#workflow/model.ts";
import type {
  CourseStore,
  EnrollmentStore,
  LimitStore,
  OpenCheckoutStore,
  PurchaseRecords,
  PurchaseStore,
  SettledIds,
  StudentStore,
} from "#workflow/ports/stores.ts";
import type { Purchase } from "#workflow/purchase.ts";

export interface InMemoryStores
  extends CourseStore,
    StudentStore,
    EnrollmentStore,
    OpenCheckoutStore,
    LimitStore,
    PurchaseStore,
    PurchaseRecords {
  courses: Map<string, Course>;
  students: Map<string, Student>;
  enrollments: Map<string, Enrollment>;
  openCheckouts: Map<string, OpenCheckout>;
  purchases: Map<string, Purchase>;
}

const pair = (userId: string, courseId: string) => `${userId}/${courseId}`;

export function createInMemoryStores(
  seed: { courses?: Course[]; students?: Student[] } = {},
): InMemoryStores {
  const courses = new Map((seed.courses ?? []).map((course) => [course.courseId, course]));
  const students = new Map((seed.students ?? []).map((student) => [student.userId, student]));
  const enrollments = new Map<string, Enrollment>();
  const openCheckouts = new Map<string, OpenCheckout>();
  const purchases = new Map<string, Purchase>();
  return {
    courses,
    students,
    enrollments,
    openCheckouts,
    purchases,
    ...createPurchases(purchases),
    ...createLimits(),
    listCourses: async () => [...courses.values()],
    async *listCoursesAfter(courseId = "") {
      const ids = [...courses.keys()].filter((id) => id > courseId).sort();
      yield* ids.flatMap((id) => courses.get(id) ?? []);
    },
    async *listCoursesBefore(courseId) {
      const ids = [...courses.keys()].filter((id) => id < courseId).sort();
      yield* ids.reverse().flatMap((id) => courses.get(id) ?? []);
    },
    findCourses: async (courseIds) => courseIds.flatMap((courseId) => courses.get(courseId) ?? []),
    findOwnCourses: async (courseIds) => courseIds.flatMap((courseId) => courses.get(courseId) ?? []),
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
    updateClaims: async ({ userId, email, name, emailVerified }, updatedAt) => {
      const student = students.get(userId);
      if (student) students.set(userId, { ...student, email, name, emailVerified, updatedAt });
    },
    unlinkCustomer: async (userId, customerId, updatedAt) => {
      const { stripeCustomerId, ...rest } = students.get(userId) ?? ({} as Student);
      if (stripeCustomerId === customerId) students.set(userId, { ...rest, updatedAt });
    },
    deleteEnrollment: async (userId, courseId, checkoutSessionId) =>
      enrollments.get(pair(userId, courseId))?.stripeSessionId === checkoutSessionId &&
      enrollments.delete(pair(userId, courseId)),
    findEnrollment: async (userId, courseId) => enrollments.get(pair(userId, courseId)),
    listEnrollments: async (userId) =>
      structuredClone([...enrollments.values()].filter((found) => found.userId === userId)),
    createEnrollment: async (enrollment) => {
      const key = pair(enrollment.userId, enrollment.courseId);
      if (enrollments.has(key)) return false;
      enrollments.set(key, enrollment);
      return true;
    },
    findOpenCheckout: async (userId, courseId) => openCheckouts.get(pair(userId, courseId)),
    replaceOpenCheckout: async (next, previous) => {
      const key = pair(next.userId, next.courseId);
      if (openCheckouts.get(key)?.attempt !== previous?.attempt) return false;
      openCheckouts.set(key, next);
      return true;
    },
    closeOpenCheckout: async ({ userId, courseId, checkoutSessionId }, closedAt) => {
      const standing = openCheckouts.get(pair(userId, courseId));
      if (standing?.checkoutSessionId === checkoutSessionId)
        openCheckouts.set(pair(userId, courseId), { ...standing, closedAt });
    },
  };
}

function createPurchases(purchases: Map<string, Purchase>): PurchaseStore & PurchaseRecords {
  /** Since when each waits. */
  const awaiting = new Map<string, string>();
  const keyOf = ({ userId, checkoutSessionId }: Pick<Purchase, "userId" | "checkoutSessionId">) =>
    pair(userId, checkoutSessionId);
  const idsOf = ({ userId, courseId, checkoutSessionId }: SettledIds) => ({
    userId,
    courseId,
    checkoutSessionId,
  });
  const change = (ids: Pick<Purchase, "userId" | "checkoutSessionId">, fields: Partial<Purchase>) => {
    const standing = purchases.get(keyOf(ids));
    purchases.set(keyOf(ids), { ...idsOf(ids as SettledIds), ...standing, ...fields });
  };
  const find = (ids: Pick<Purchase, "userId" | "checkoutSessionId">) => purchases.get(keyOf(ids));
  return {
    findPurchase: async (userId, checkoutSessionId) => find({ userId, checkoutSessionId }),
    listPurchases: async (userId) =>
      [...purchases.values()]
        .filter((one) => one.userId === userId)
        .toSorted((one, other) => (other.openedAt ?? "").localeCompare(one.openedAt ?? "")),
    async *listPurchasesAwaitingAttention() {
      await Promise.resolve();
      yield* [...awaiting]
        .toSorted(([, one], [, other]) => one.localeCompare(other))
        .flatMap(([key]) => purchases.get(key) ?? []);
    },
    openPurchase: async (purchase) => {
      if (!find(purchase)) purchases.set(keyOf(purchase), purchase);
    },
    closePurchase: async (key, closedAt) => {
      if (find(key)) change(key, { closedAt });
    },
    noteSettlement: async (ids, settlement, settledSeenAt) => {
      if (!find(ids)?.settlement) change(ids, { settlement, settledSeenAt });
      return find(ids) as Purchase;
    },
    claimFollowUp: async (purchase, followedUpAt) => {
      if (find(purchase)?.followedUpAt !== purchase.followedUpAt) return false;
      change(purchase, { followedUpAt });
      return true;
    },
    noteDoublePayment: async (ids, doublePaymentSeenAt) => {
      if (find(ids)?.doublePaymentSeenAt) return false;
      change(ids, { doublePaymentSeenAt });
      return true;
    },
    noteFailure: async (ids, settlement, { executionName, isFinal }, at) => {
      const standing = find(ids);
      if (standing?.decision) return;
      change(ids, {
        settlement: standing?.settlement ?? settlement,
        settledSeenAt: standing?.settledSeenAt ?? at,
        ...(isFinal ? { needsAttention: executionName } : { failing: executionName }),
      });
      awaiting.set(keyOf(ids), at);
    },
    clearAttention: async (purchase) => {
      const { needsAttention: _mended, failing: _too, ...rest } = find(purchase) as Purchase;
      purchases.set(keyOf(purchase), rest);
      const isUndecided = !purchase.decision && (rest.decision ?? rest.refunded ?? rest.disputed);
      if (!isUndecided) awaiting.delete(keyOf(purchase));
    },
    noteRefund: async (ids, refunded) => {
      const standing = find(ids);
      if ((standing?.refunded?.amount ?? -1) >= refunded.amount) return false;
      change(ids, { refunded });
      if (!standing?.decision) awaiting.set(keyOf(ids), refunded.at);
      return !standing?.decision;
    },
    noteDispute: async (ids, disputed) => {
      const standing = find(ids);
      if ((standing?.disputed?.at ?? "") >= disputed.at) return false;
      change(ids, { disputed });
      if (!standing?.decision) awaiting.set(keyOf(ids), disputed.at);
      return !standing?.decision;
    },
    decide: async (key, decision) => {
      const standing = find(key);
      if (!standing || standing.decision) return false;
      change(key, { decision });
      awaiting.set(keyOf(key), decision.at);
      return true;
    },
  };
}

function createLimits(): LimitStore {
  const counts = new Map<string, number>();
  return {
    async countRequest({ userId, limit, since }, most) {
      const key = `${userId}/${limit}/${since}`;
      const count = counts.get(key) ?? 0;
      if (count >= most) return false;
      counts.set(key, count + 1);
      return true;
    },
  };
}
