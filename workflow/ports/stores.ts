/** What the rules remember: courses, students, enrollments and checkouts. */
import type { Course, Enrollment, OpenCheckout, OwnCourse, Student } from "../model.ts";
import type { PaymentEvent } from "../payment-event.ts";
import type { Period } from "../period.ts";
import type { Decision, Purchase, PurchaseKey } from "../purchase.ts";
import type { UnreadableRecord } from "../unreadable-record.ts";

export interface CourseStore {
  listCourses(): Promise<Course[]>;
  /** In the order of their ids, those behind that one (undefined: all), read while they are asked for. */
  listCoursesAfter(courseId: string | undefined): AsyncIterable<Course>;
  /** Those in front of that one, the nearest first. */
  listCoursesBefore(courseId: string): AsyncIterable<Course>;
  findCourse(courseId: string): Promise<Course | undefined>;
  /** Those of them that are there and can be read, in no particular order. */
  findCourses(courseIds: string[]): Promise<Course[]>;
  /** The same, and of each what its students are shown in their list. */
  findOwnCourses(courseIds: string[]): Promise<OwnCourse[]>;
}

/** Whoever was erased does not come back by a token of theirs that is still good; a new account is a new student. */
export class StudentErased extends Error {
  override name = "StudentErased";

  constructor() {
    super("the student was erased");
  }
}

export interface StudentStore {
  findStudent(userId: string): Promise<Student | undefined>;
  /**
   * Stores the student unless there is one with that userId already; returns the stored one.
   * @throws StudentErased
   */
  ensureStudent(student: Student): Promise<Student>;
  /** Name and e-mail as the sign-in says now. */
  updateClaims(student: Student, at: string): Promise<void>;
  /** Sets the customer id unless the student has one already; returns the one that stands. Undefined: no such student. */
  linkCustomer(userId: string, customerId: string, at: string): Promise<string | undefined>;
  /** Forgets the customer if it is that one that is linked. */
  unlinkCustomer(userId: string, customerId: string, at: string): Promise<void>;
}

export interface EnrollmentStore {
  /** Strongly consistent: a webhook may follow a write within milliseconds. */
  findEnrollment(userId: string, courseId: string): Promise<Enrollment | undefined>;
  /** What cannot be read is reported and left out. */
  listEnrollments(userId: string, report: ReportUnreadable): Promise<Enrollment[]>;
  /** A conditional write: false, and nothing written, when the student already has an enrollment in the course. */
  createEnrollment(enrollment: Enrollment): Promise<boolean>;
  /** Takes the enrollment back if it is by that checkout session; false when it is not. */
  deleteEnrollment(userId: string, courseId: string, checkoutSessionId: string): Promise<boolean>;
}

/** For looking back; eventually consistent. */
export interface EnrollmentRecords {
  /** Those of a period, oldest first, read while they are asked for. */
  listEnrollmentsOf(courseId: string, period: Period, report: ReportDated): AsyncIterable<Enrollment>;
}

export interface OpenCheckoutStore {
  findOpenCheckout(userId: string, courseId: string): Promise<OpenCheckout | undefined>;
  /**
   * Makes `next` the student's open checkout if the attempt that stands there is still that of `previous` (undefined: none).
   * False, and nothing written, when another request was faster.
   */
  replaceOpenCheckout(next: OpenCheckout, previous: OpenCheckout | undefined): Promise<boolean>;
  /** Notes that the session can no longer be paid, if it is that session that stands there. */
  closeOpenCheckout(
    checkout: { userId: string; courseId: string; checkoutSessionId: string },
    at: string,
  ): Promise<void>;
}

/** Purchases, each written in parts by whoever has learned something of it. */
export interface PurchaseStore {
  /** Of a student who was erased: what is kept of it, under the name that stands in their place. */
  findPurchase(userId: string, checkoutSessionId: string): Promise<Purchase | undefined>;
  /** Newest first. What cannot be read is reported and left out. */
  listPurchases(userId: string, report: ReportUnreadable): Promise<Purchase[]>;
  /** Stores it unless it is stored already. */
  openPurchase(purchase: Purchase): Promise<void>;
  /** Nothing can be paid with it any more. */
  closePurchase(key: PurchaseKey, at: string): Promise<void>;
  /** Remembers the settlement unless one is remembered; also of a session that was not opened here. */
  noteSettlement(ids: SettledIds, settlement: PaymentEvent, at: string): Promise<Purchase>;
  /** Takes the right to look after its execution: false when somebody else has since `purchase` was read. */
  claimFollowUp(purchase: Purchase, at: string): Promise<boolean>;
  /** Notes the execution that fails, unless a person has decided already. */
  noteFailure(ids: SettledIds, settlement: PaymentEvent, failure: Failure, at: string): Promise<void>;
  /** False when it was noted before that this purchase pays for what was the student's already. */
  noteDoublePayment(ids: SettledIds, at: string): Promise<boolean>;
  /** The failure has been mended, or the decision that was read carried out. What is undecided goes on waiting. */
  clearAttention(purchase: Purchase): Promise<void>;
  /** False when that much, or that state, was known already. */
  noteRefund(ids: SettledIds, refunded: NonNullable<Purchase["refunded"]>): Promise<boolean>;
  noteDispute(ids: SettledIds, disputed: NonNullable<Purchase["disputed"]>): Promise<boolean>;
  /** False, and nothing written, when a decision stands already. */
  decide(key: PurchaseKey, decision: Decision): Promise<boolean>;
}

interface Failure {
  executionName: string;
  /** False: only a try has failed, and others may follow. */
  isFinal: boolean;
}

export type SettledIds = PurchaseKey & Pick<Purchase, "courseId">;

/** For looking back; eventually consistent. */
export interface PurchaseRecords {
  /** Those that wait for a person, or whose decision is not carried out yet; oldest first. */
  listPurchasesAwaitingAttention(report: ReportUnreadable): AsyncIterable<Purchase>;
}

/** Whose and of what: `checkoutSessionId` is undefined where there is none. */
export type LookedUpIds = Pick<SettledIds, "userId" | "courseId"> & { checkoutSessionId: string | undefined };

/** All that is stored about one purchase. */
export interface Delivery {
  enrollment?: Enrollment | undefined;
  purchase?: Purchase | undefined;
  openCheckout?: OpenCheckout | undefined;
  /** What is there and cannot be read. */
  unreadable: UnreadableRecord[];
}

/** For looking at many, in one read. */
export interface DeliveryRecords {
  /** In the order of the ids. Of what an earlier version stored, or was moved since, there may be no purchase here. */
  findDeliveries(ids: LookedUpIds[]): Promise<Delivery[]>;
}

/** How often students have asked, over all instances. */
export interface LimitStore {
  /** Counts one more in that window (seconds since 1970); false, and nothing counted, when there have been `most`. */
  countRequest(
    window: { userId: string; limit: string; since: number; until: number },
    most: number,
  ): Promise<boolean>;
}

/** Told of each record that cannot be read, so that one does not stop the others. */
export type ReportUnreadable = (record: UnreadableRecord) => void;

/** The same of what is listed by time. @param at when it came to be, ISO 8601, where that is known */
export type ReportDated = (record: UnreadableRecord, at?: string) => void;

/** How far the reconciliation has come. */
export interface SweepStore {
  findSweep(): Promise<Sweep | undefined>;
  /** False when another sweep has saved since `previous` was read. */
  saveSweep(next: Sweep, previous: Sweep | undefined): Promise<boolean>;
}

/** Instants are ISO 8601, whole seconds. */
export interface Sweep {
  /** All that happened before has been compared, and what could be started has been. */
  sweptUntil: string;
  /** How many there have been, so that none overwrites what it has not seen; absent of what an earlier version saved. */
  saves?: number | undefined;
  /** It was begun, and not all of it is read: the next one is to come soon. */
  isUnfinished?: boolean | undefined;
  checkouts?: Ground | undefined;
  notices?: Ground | undefined;
  /** Checkout sessions that were seen to be delivered, and of which more is to be read: their event, or their enrollment. */
  deliveredAhead?: string[] | undefined;
}

/** How far the records of one kind have been read. */
export interface Ground {
  until: string;
  /** Periods before `until` that are not read yet. */
  left: Stretch[];
  /** Periods before `until` in which something has failed, and that are read again. */
  again: Stretch[];
}

export interface Stretch {
  since: string;
  until: string;
}
