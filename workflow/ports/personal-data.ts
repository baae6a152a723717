/** What is kept of a person, for showing all of it to them and for erasing it. */
import type { Enrollment, OpenCheckout, Student } from "../model.ts";
import type { Decision, Purchase } from "../purchase.ts";

/** Everything that is stored under one userId. */
export interface Person {
  userId: string;
  student: Student | undefined;
  enrollments: Enrollment[];
  purchases: Purchase[];
  openCheckouts: OpenCheckout[];
}

/** Signed by a person. It stands from before anything is erased, so that nothing comes back and a second try goes on. */
export interface Erasure extends Pick<Decision, "by" | "reason" | "at"> {
  /** What stands in the userId's place in what is kept; random. */
  pseudonym: string;
}

export interface PersonalDataStore {
  /** @throws UnreadableRecord naming what is there and cannot be read, since it cannot be erased unseen */
  readPerson(userId: string): Promise<Person>;
  findErasure(userId: string): Promise<Erasure | undefined>;
  /** Signs it unless it is signed already; returns the one that stands. */
  beginErasure(userId: string, signed: Omit<Erasure, "pseudonym">): Promise<Erasure>;
  /** Stores `kept` under its own userId and forgets what was stored under that one. Can be done again. */
  movePurchase(userId: string, kept: Purchase): Promise<void>;
  moveEnrollment(userId: string, kept: Enrollment): Promise<void>;
  forgetPurchase(purchase: Purchase): Promise<void>;
  forgetEnrollment(enrollment: Enrollment): Promise<void>;
  forgetOpenCheckout(checkout: OpenCheckout): Promise<void>;
  forgetStudent(userId: string): Promise<void>;
  /** Everybody's purchases in which one of these words stands, in lower case: what was moved between students names both. */
  listPurchasesWith(words: string[]): Promise<Purchase[]>;
  /** Replaces the settlement and the decision of a purchase that is there. */
  rewritePurchase(purchase: Purchase): Promise<void>;
}
