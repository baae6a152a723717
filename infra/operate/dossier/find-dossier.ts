/** Gathers the dossier from any id of a purchase: the store, Stripe, Step Functions and the dead-letter queue. */
import type { Stripe } from "stripe";
import type { Course, Student } from "#workflow/model.ts";
import { paymentEventSchema } from "#workflow/payment-event.ts";
import type { DeadLetter, ExecutionDetail } from "../console/contract.ts";
import type { DeadLetterReader } from "../records/dead-letters.ts";
import type { ExecutionReader } from "../records/executions.ts";
import { stepsOf } from "../records/steps.ts";
import { type StripeRecords, sessionIdOf } from "../records/stripe.ts";
import type { StripeDeliveries } from "../records/stripe-deliveries.ts";
import type { TableRecords } from "../records/table.ts";
import { advise } from "./advise.ts";
import type { Dossier, EventFacts, ExecutionFacts, IdKind, Purchase, SessionFacts } from "./dossier.ts";
import { kindsOf } from "./identify.ts";

export interface DossierSources {
  table: TableRecords;
  stripe: StripeRecords;
  executions: ExecutionReader;
  deadLetters: DeadLetterReader;
  /** A stand-in's record of its deliveries. */
  deliveries?: StripeDeliveries | undefined;
}

/** What the id leads to at first. */
interface Trail {
  kind: IdKind;
  student?: Student | undefined;
  course?: Course | undefined;
  sessionIds: string[];
  /** Executions that are known by name already. */
  executionNames: string[];
}

/** @returns undefined when nothing anywhere knows the id */
export async function findDossier(id: string, sources: DossierSources): Promise<Dossier | undefined> {
  const { deadLetters } = await sources.deadLetters.listDeadLetters();
  for (const kind of kindsOf(id)) {
    const trail = await followTrail(id, kind, sources, deadLetters);
    if (!trail) continue;
    const sessionIds = new Set([...trail.sessionIds, ...sessionsInLetters(id, trail, deadLetters)]);
    const { purchases, gaps } = await gatherPurchases(
      [...sessionIds],
      trail.executionNames,
      deadLetters,
      sources,
    );
    const [only] = purchases;
    const owner = purchases.every(({ userId }) => userId === only?.userId) ? only?.userId : undefined;
    const student = trail.student ?? (owner ? await sources.table.findStudent(owner) : undefined);
    return { query: { id, kind }, student, course: trail.course, purchases, gaps };
  }
  return undefined;
}

async function followTrail(
  id: string,
  kind: IdKind,
  { table, stripe, executions }: DossierSources,
  deadLetters: DeadLetter[],
): Promise<Trail | undefined> {
  const ofStudent = async (student: Student): Promise<Trail> => {
    const { userId, email, stripeCustomerId } = student;
    const enrollments = await table.listEnrollments(userId);
    const sessions = [
      ...(stripeCustomerId ? await stripe.listSessionsOfCustomer(stripeCustomerId) : []),
      ...(email ? await stripe.listSessionsOfEmail(email) : []),
    ].filter((session) => session.client_reference_id === userId);
    const sessionIds = [
      ...enrollments.flatMap(({ stripeSessionId }) => stripeSessionId ?? []),
      ...(await table.listOpenCheckouts(userId)),
      ...sessions.map((session) => session.id),
    ];
    return { kind, student, sessionIds, executionNames: [] };
  };
  const ofSessions = (sessionIds: string[]): Trail | undefined =>
    sessionIds.length > 0 ? { kind, sessionIds, executionNames: [] } : undefined;
  const isInLetters = deadLetters.some((letter) => Object.values(letter).includes(id));
  const known = isInLetters ? { kind, sessionIds: [], executionNames: [] } : undefined;

  switch (kind) {
    case "email": {
      const student = await table.findStudentByEmail(id);
      return student
        ? ofStudent(student)
        : ofSessions((await stripe.listSessionsOfEmail(id)).map((session) => session.id));
    }
    case "student": {
      const student = await table.findStudent(id);
      return student && ofStudent(student);
    }
    case "customer": {
      const student = await table.findStudentByCustomer(id);
      return student
        ? ofStudent(student)
        : ofSessions((await stripe.listSessionsOfCustomer(id)).map((session) => session.id));
    }
    case "payment intent":
      return ofSessions((await stripe.listSessionsOfPayment(id)).map((session) => session.id)) ?? known;
    case "checkout session": {
      const isKnown = (await stripe.findSession(id)) ?? (await executions.findStatus(id));
      return isKnown ? ofSessions([id]) : known;
    }
    case "event": {
      const event = await stripe.findEvent(id);
      const sessionId = (event && sessionIdOf(event)) ?? sessionInInput(await executions.findExecution(id));
      return sessionId ? { kind, sessionIds: [sessionId], executionNames: [id] } : known;
    }
    case "course": {
      const course = await table.findCourse(id);
      if (!course) return known;
      const enrollments = await table.listNewestOfCourse(id);
      const sessionIds = enrollments.flatMap(({ stripeSessionId }) => stripeSessionId ?? []);
      return { kind, course, sessionIds, executionNames: [] };
    }
  }
}

function sessionInInput(execution: ExecutionDetail | undefined): string | undefined {
  const input = execution && paymentEventSchema.safeParse(JSON.parse(execution.input ?? "{}"));
  return input?.success ? input.data.checkoutSessionId : undefined;
}

/** Dead letters know purchases that the student's record does not: those are the ones that were not enrolled. */
function sessionsInLetters(id: string, { student }: Trail, letters: DeadLetter[]): string[] {
  return letters
    .filter((letter) => Object.values(letter).includes(id) || (student && letter.userId === student.userId))
    .flatMap(({ checkoutSessionId }) => checkoutSessionId ?? []);
}

async function gatherPurchases(
  sessionIds: string[],
  executionNames: string[],
  deadLetters: DeadLetter[],
  sources: DossierSources,
): Promise<Pick<Dossier, "purchases" | "gaps">> {
  const sessions = await Promise.all(sessionIds.map((sessionId) => sources.stripe.findSession(sessionId)));
  const oldest = Math.min(...sessions.flatMap((session) => session?.created ?? []));
  const { events, isCut } = Number.isFinite(oldest)
    ? await sources.stripe.listEvents(sessionIds, oldest)
    : { events: [], isCut: false };
  const purchases = await Promise.all(
    sessionIds.map((sessionId, index) =>
      gatherPurchase(
        {
          checkoutSessionId: sessionId,
          session: sessions[index],
          events: events.filter((event) => sessionIdOf(event) === sessionId),
          deadLetters: deadLetters.filter(({ checkoutSessionId }) => checkoutSessionId === sessionId),
          executionNames,
        },
        sources,
      ),
    ),
  );
  purchases.sort((a, b) => (b.session?.createdAt ?? "").localeCompare(a.session?.createdAt ?? ""));
  return {
    purchases,
    gaps: isCut ? ["Stripe has had too many events since to look at all: some may be missing."] : [],
  };
}

interface Clues {
  checkoutSessionId: string;
  session: Stripe.Checkout.Session | undefined;
  events: Stripe.Event[];
  deadLetters: DeadLetter[];
  executionNames: string[];
}

async function gatherPurchase(
  clues: Clues,
  { table, executions, deliveries }: DossierSources,
): Promise<Purchase> {
  const { checkoutSessionId, session, deadLetters } = clues;
  const names = new Set([
    // An execution that a return page started is named after its session.
    checkoutSessionId,
    ...clues.events.map((event) => event.id),
    ...clues.executionNames,
    ...deadLetters.flatMap(({ executionName }) => executionName ?? []),
  ]);
  const found = await Promise.all([...names].map((name) => executions.findExecution(name)));
  const details = found.filter((detail) => detail !== undefined);
  const [letter] = deadLetters;
  const input = details.map(readInput).find((event) => event !== undefined);
  const userId = session?.client_reference_id ?? letter?.userId ?? input?.userId ?? undefined;
  const courseId = session?.metadata?.["courseId"] ?? letter?.courseId ?? input?.courseId ?? undefined;
  const known = {
    checkoutSessionId,
    userId,
    courseId,
    paymentIntentId:
      idOf(session?.payment_intent) ?? letter?.paymentIntentId ?? input?.paymentIntentId ?? undefined,
    session: session && toSessionFacts(session),
    events: await Promise.all(
      clues.events.map(async (event): Promise<EventFacts> => {
        const attempts = (await deliveries?.findDelivery(event.id))?.attempts;
        return { ...toEventFacts(event), attempts };
      }),
    ),
    executions: details.map(toExecutionFacts),
    enrollment: userId && courseId ? await table.findEnrollment(userId, courseId) : undefined,
    deadLetters,
  };
  return { ...known, next: advise(known) };
}

function readInput({ input = "{}" }: ExecutionDetail) {
  const result = paymentEventSchema.safeParse(JSON.parse(input));
  return result.success ? result.data : undefined;
}

function toSessionFacts(session: Stripe.Checkout.Session): SessionFacts {
  return {
    status: session.status ?? "unknown",
    paymentStatus: session.payment_status,
    amountTotal: session.amount_total ?? undefined,
    currency: session.currency ?? undefined,
    createdAt: toInstant(session.created),
    expiresAt: toInstant(session.expires_at),
  };
}

const toEventFacts = ({
  id,
  type,
  created,
  pending_webhooks: pendingDeliveries,
}: Stripe.Event): EventFacts => ({
  eventId: id,
  type,
  createdAt: toInstant(created),
  pendingDeliveries,
});

/** Of a failure, the error that was caught says more than the gate at which the execution then ended. */
function toExecutionFacts(detail: ExecutionDetail): ExecutionFacts {
  const { name, status, startedAt, stoppedAt, redriveCount } = detail;
  const steps = stepsOf(detail.events);
  const hasFailed = status !== "SUCCEEDED" && status !== "RUNNING";
  const step = (hasFailed ? steps.findLast((one) => one.status === "caught") : undefined) ?? steps.at(-1);
  return {
    name,
    status,
    startedAt,
    stoppedAt,
    redriveCount,
    stateName: step?.stateName,
    ...(hasFailed && { error: step?.error ?? detail.error, cause: step?.cause ?? detail.cause }),
  };
}

const toInstant = (unixSeconds: number) => new Date(unixSeconds * 1000).toISOString();

const idOf = (reference: string | { id: string } | null | undefined) =>
  typeof reference === "object" ? reference?.id : reference;
