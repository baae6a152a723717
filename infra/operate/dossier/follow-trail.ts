/** What an id leads to at first: a student, a course, checkout sessions, executions. */

import type { DeadLetter } from "#workflow/dead-letters/read.ts";
import type { Course, Student } from "#workflow/model.ts";
import { readOrderNumber } from "#workflow/order-number.ts";
import type { ReportUnreadable } from "#workflow/ports/stores.ts";
import { readInput } from "../records/read-input.ts";
import type { IdKind } from "./dossier.ts";
import type { DossierSources } from "./sources.ts";

export interface Trail {
  student?: Student | undefined;
  course?: Course | undefined;
  checkoutSessionIds: string[];
  /** Executions that are known by name already. */
  executionNames: string[];
}

const NOTHING: Trail = { checkoutSessionIds: [], executionNames: [] };

/** @returns undefined when nothing knows the id as being of this kind */
export async function followTrail(
  id: string,
  kind: IdKind,
  sources: DossierSources,
  letters: DeadLetter[],
  report: ReportUnreadable,
): Promise<Trail | undefined> {
  const trail = await FOLLOW[kind](id, sources, report);
  const ofLetters = letters.filter((letter) => tellsOf(letter, id, kind, trail?.student));
  if (!trail && ofLetters.length === 0) return undefined;
  const { checkoutSessionIds, ...found } = trail ?? NOTHING;
  // Letters know purchases that the student's record does not: those are the ones that were not enrolled.
  const ofLetterSessions = ofLetters.flatMap(({ checkoutSessionId }) => checkoutSessionId ?? []);
  return { ...found, checkoutSessionIds: [...new Set([...checkoutSessionIds, ...ofLetterSessions])] };
}

/** Ids of these kinds look alike, so a letter is asked for the one that is meant. */
const NAMED_IN: Partial<Record<IdKind, "userId" | "courseId">> = { student: "userId", course: "courseId" };

function tellsOf(letter: DeadLetter, id: string, kind: IdKind, student: Student | undefined): boolean {
  const field = NAMED_IN[kind];
  const isNamed = field ? letter[field] === id : Object.values(letter).includes(id);
  return isNamed || (student !== undefined && letter.userId === student.userId);
}

type Follow = (id: string, sources: DossierSources, report: ReportUnreadable) => Promise<Trail | undefined>;

const FOLLOW: Record<IdKind, Follow> = {
  email: async (id, sources, report) => {
    const sessions = await sources.stripe.listSessionsOfEmail(id);
    const student = (await findBuyer(id, sessions, sources)) ?? (await sources.table.findStudentByEmail(id));
    return student ? trailOfStudent(student, sources, report) : trailOfSessions(sessions);
  },

  student: async (id, sources, report) => {
    const student = await sources.table.findStudent(id);
    return student && trailOfStudent(student, sources, report);
  },

  customer: async (id, sources, report) => {
    const student = await sources.table.findStudentByCustomer(id);
    return student
      ? trailOfStudent(student, sources, report)
      : trailOfSessions(await sources.stripe.listSessionsOfCustomer(id));
  },

  "payment intent": async (id, { stripe }) => trailOfSessions(await stripe.listSessionsOfPayment(id)),

  "checkout session": async (id, { stripe, executions }) => {
    if (await stripe.findSession(id)) return { ...NOTHING, checkoutSessionIds: [id] };
    const history = await executions.findHistory(id);
    // What the return page has started bears the checkout session's name, and a fresh one in its place a number beside.
    return (
      history && {
        checkoutSessionIds: [readInput(history.events)?.checkoutSessionId ?? id],
        executionNames: [],
      }
    );
  },

  event: async (id, { stripe, executions }) => {
    const ofEvent = (await stripe.findEvent(id))?.checkoutSessionId;
    const input = ofEvent ? undefined : readInput((await executions.findHistory(id))?.events);
    const checkoutSessionId = ofEvent ?? input?.checkoutSessionId;
    return checkoutSessionId ? { checkoutSessionIds: [checkoutSessionId], executionNames: [id] } : undefined;
  },

  execution: async (id, { executions }) => {
    // Step Functions refuses what cannot be a name.
    const history = /^[\w.-]{1,80}$/.test(id) ? await executions.findHistory(id) : undefined;
    if (!history) return undefined;
    const { checkoutSessionId } = readInput(history.events) ?? {};
    return { checkoutSessionIds: checkoutSessionId ? [checkoutSessionId] : [], executionNames: [id] };
  },

  "order number": async (id, { table }) => {
    const checkoutSessionIds = await table.findCheckoutsByOrderNumber(readOrderNumber(id) ?? id);
    return checkoutSessionIds.length > 0 ? { ...NOTHING, checkoutSessionIds } : undefined;
  },

  course: async (id, { table }, report) => {
    const course = await table.findCourse(id);
    if (!course) return undefined;
    const enrollments = await table.listNewestOfCourse(id, report);
    const checkoutSessionIds = enrollments.flatMap(({ stripeSessionId }) => stripeSessionId ?? []);
    return { course, checkoutSessionIds, executionNames: [] };
  },
};

/** Whoever has opened a form is known to Stripe by the e-mail: the table, which has no index by it, need not be read through. */
async function findBuyer(
  email: string,
  sessions: { userId?: string | undefined }[],
  { table }: DossierSources,
): Promise<Student | undefined> {
  for (const userId of new Set(sessions.flatMap((session) => session.userId ?? []))) {
    const student = await table.findStudent(userId);
    if (student?.email === email) return student;
  }
  return undefined;
}

function trailOfSessions(sessions: { checkoutSessionId: string }[]): Trail | undefined {
  const checkoutSessionIds = sessions.map(({ checkoutSessionId }) => checkoutSessionId);
  return checkoutSessionIds.length > 0 ? { ...NOTHING, checkoutSessionIds } : undefined;
}

async function trailOfStudent(
  student: Student,
  { table, stripe }: DossierSources,
  report: ReportUnreadable,
): Promise<Trail> {
  const { userId, email, stripeCustomerId } = student;
  const enrollments = await table.listEnrollments(userId, report);
  const purchases = await table.listPurchases(userId, report);
  const ofStripe = [
    ...(stripeCustomerId ? await stripe.listSessionsOfCustomer(stripeCustomerId) : []),
    ...(email ? await stripe.listSessionsOfEmail(email) : []),
  ].filter((session) => session.userId === userId);
  const checkoutSessionIds = [
    ...enrollments.flatMap(({ stripeSessionId }) => stripeSessionId ?? []),
    ...purchases.map(({ checkoutSessionId }) => checkoutSessionId),
    ...(await table.listOpenCheckouts(userId)),
    ...ofStripe.map(({ checkoutSessionId }) => checkoutSessionId),
  ];
  return { student, checkoutSessionIds, executionNames: [] };
}
