/** What the rules remember: courses, students, enrollments and checkouts. */
import type { Course, Enrollment, OpenCheckout, SettledCheckout, Student } from "../model.ts";

export interface CourseStore {
  listCourses(): Promise<Course[]>;
  /** In the order of their ids, those behind that one (undefined: all), read while they are asked for. */
  listCoursesAfter(courseId: string | undefined): AsyncIterable<Course>;
  findCourse(courseId: string): Promise<Course | undefined>;
  /** Those of them that are there and can be read, in no particular order. */
  findCourses(courseIds: string[]): Promise<Course[]>;
}

export interface StudentStore {
  findStudent(userId: string): Promise<Student | undefined>;
  /** Stores the student unless there is one with that userId already; returns the stored one. */
  ensureStudent(student: Student): Promise<Student>;
  /** Sets the customer id unless the student has one already; returns the one that stands. Undefined: no such student. */
  linkCustomer(userId: string, customerId: string, at: string): Promise<string | undefined>;
}

export interface EnrollmentStore {
  /** Strongly consistent: a webhook may follow a write within milliseconds. */
  findEnrollment(userId: string, courseId: string): Promise<Enrollment | undefined>;
  listEnrollments(userId: string): Promise<Enrollment[]>;
  /** A conditional write: false, and nothing written, when the student already has an enrollment in the course. */
  createEnrollment(enrollment: Enrollment): Promise<boolean>;
}

/** For looking back; eventually consistent. */
export interface EnrollmentRecords {
  listEnrollmentsSince(courseId: string, since: Date): Promise<Enrollment[]>;
}

export interface OpenCheckoutStore {
  findOpenCheckout(userId: string, courseId: string): Promise<OpenCheckout | undefined>;
  /**
   * Makes `next` the student's open checkout if it is still `previous` that stands there (undefined: none).
   * False, and nothing written, when another request was faster.
   */
  replaceOpenCheckout(next: OpenCheckout, previous: OpenCheckout | undefined): Promise<boolean>;
  /** Notes that the session can no longer be paid, if it is that session that stands there. */
  closeOpenCheckout(
    checkout: Pick<OpenCheckout, "userId" | "courseId" | "checkoutSessionId">,
    at: string,
  ): Promise<void>;
}

export interface SettledCheckoutStore {
  findSettledCheckout(userId: string, checkoutSessionId: string): Promise<SettledCheckout | undefined>;
  /** Stores `next` if what stands there is still `previous` (undefined: nothing); false when somebody was faster. */
  replaceSettledCheckout(next: SettledCheckout, previous: SettledCheckout | undefined): Promise<boolean>;
}
