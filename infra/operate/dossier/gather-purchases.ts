/** Gathers what the sources know of each checkout session. */

import { executionBefore, freshNamesOf } from "#handlers/adapters/step-functions/names.ts";
import type { EventFacts, SessionFacts } from "#handlers/adapters/stripe/checkout-facts.ts";
import type { DeadLetter } from "#workflow/dead-letters/read.ts";
import { orderNumberOf } from "#workflow/order-number.ts";
import type { Decision } from "#workflow/purchase.ts";
import { UnreadableRecord } from "#workflow/unreadable-record.ts";
import { describeRepeat } from "../records/attempts.ts";
import { toShown } from "../records/dead-letters.ts";
import { type ExecutionFacts, toExecutionFacts } from "../records/execution-facts.ts";
import { readInput } from "../records/read-input.ts";
import type { ExecutionHistory } from "../records/shapes.ts";
import { advise } from "./advise.ts";
import type { DeliveredEvent, Dossier, Purchase } from "./dossier.ts";
import type { Trail } from "./follow-trail.ts";
import type { DossierSources } from "./sources.ts";

/** @returns newest first, with what could not be looked at */
export async function gatherPurchases(
  { checkoutSessionIds, executionNames }: Trail,
  letters: DeadLetter[],
  sources: DossierSources,
): Promise<Pick<Dossier, "purchases" | "gaps">> {
  const { stripe } = sources;
  const sessions = await Promise.all(checkoutSessionIds.map((id) => stripe.findSession(id)));
  const [oldest] = sessions.flatMap((session) => session?.createdAt ?? []).sort();
  const { events, isCut } = oldest
    ? await stripe.listEvents(checkoutSessionIds, new Date(oldest))
    : { events: [], isCut: false };
  const purchases = await Promise.all(
    checkoutSessionIds.map((checkoutSessionId, index) => {
      const isOfSession = (one: { checkoutSessionId?: string | undefined }) =>
        one.checkoutSessionId === checkoutSessionId;
      return gatherPurchase(
        {
          checkoutSessionId,
          session: sessions[index],
          events: events.filter(isOfSession),
          letters: letters.filter(isOfSession),
          executionNames,
        },
        sources,
      );
    }),
  );
  purchases.sort((a, b) => (b.session?.createdAt ?? "").localeCompare(a.session?.createdAt ?? ""));
  return {
    purchases,
    gaps: isCut ? ["Stripe has had too many events since to look at all: some may be missing."] : [],
  };
}

interface Clues {
  checkoutSessionId: string;
  session: SessionFacts | undefined;
  events: EventFacts[];
  letters: DeadLetter[];
  executionNames: string[];
}

async function gatherPurchase(clues: Clues, sources: DossierSources): Promise<Purchase> {
  const { checkoutSessionId, session, letters } = clues;
  const found = await findExecutions(clues, sources);
  const input = found.map(({ events }) => readInput(events)).find((event) => event !== undefined);
  const [letter] = letters;
  const userId = session?.userId ?? letter?.userId ?? input?.userId ?? undefined;
  const courseId = session?.courseId ?? letter?.courseId ?? input?.courseId ?? undefined;
  const stored = await readStored(checkoutSessionId, userId, courseId, sources);
  const known = {
    checkoutSessionId,
    orderNumber: orderNumberOf(checkoutSessionId),
    userId,
    courseId,
    paymentIntentId:
      session?.paymentIntentId ?? letter?.paymentIntentId ?? input?.paymentIntentId ?? undefined,
    session,
    events: await Promise.all(clues.events.map((event) => withAttempts(event, sources))),
    executions: withRepeats(found.map(({ name, events }) => toExecutionFacts(name, events))),
    deadLetters: letters.map(toShown),
    logQuery: logQueryOf(checkoutSessionId),
    ...stored,
  };
  return { ...known, next: advise(known) };
}

/** What the table has of it, and of whom it was moved to. A record that cannot be read is named, and hides none of the rest. */
async function readStored(
  checkoutSessionId: string,
  payer: string | undefined,
  courseId: string | undefined,
  { table }: DossierSources,
): Promise<Pick<Purchase, "userId" | "record" | "decisions" | "enrollment" | "unreadable">> {
  const unreadable: string[] = [];
  const ifReadable = async <T>(read: Promise<T>): Promise<T | undefined> => {
    try {
      return await read;
    } catch (error) {
      if (!(error instanceof UnreadableRecord)) throw error;
      unreadable.push(error.message);
      return undefined;
    }
  };
  const decisions: Decision[] = [];
  let userId = payer;
  let record = userId ? await ifReadable(table.findPurchase(userId, checkoutSessionId)) : undefined;
  while (record?.decision) {
    decisions.push(record.decision);
    if (!record.decision.to) break;
    userId = record.decision.to;
    record = await ifReadable(table.findPurchase(userId, checkoutSessionId));
  }
  const enrollment =
    userId && courseId ? await ifReadable(table.findEnrollment(userId, courseId)) : undefined;
  return { userId, record, decisions, enrollment, unreadable };
}

async function withAttempts(event: EventFacts, { deliveries }: DossierSources): Promise<DeliveredEvent> {
  return { ...event, attempts: (await deliveries?.findDelivery(event.eventId))?.attempts };
}

const withRepeats = (executions: ExecutionFacts[]): ExecutionFacts[] =>
  executions.map((execution) => {
    const before = executions.find(({ name }) => name === executionBefore(execution.name));
    return { ...execution, repeat: describeRepeat(before?.attempts ?? [], execution.attempts) };
  });

interface NamedHistory extends ExecutionHistory {
  name: string;
}

const logQueryOf = (checkoutSessionId: string) =>
  `fields @timestamp, service, step, message, errorName | filter checkoutSessionId = "${checkoutSessionId}" | sort @timestamp`;

/** All that may have worked on the purchase. One that a return page or the sweep started is named after its session. */
async function findExecutions(
  { checkoutSessionId, events, letters, executionNames }: Clues,
  { executions }: DossierSources,
): Promise<NamedHistory[]> {
  const names = new Set([
    checkoutSessionId,
    ...events.map(({ eventId }) => eventId),
    ...executionNames,
    ...letters.flatMap(({ executionName }) => executionName ?? []),
  ]);
  const found = await Promise.all(
    [...names].map(async (name) => {
      const histories: NamedHistory[] = [];
      // What took the place of one that failed bears its name with a number, without a gap.
      for (const candidate of [name, ...freshNamesOf(name)]) {
        const history = await executions.findHistory(candidate);
        if (!history) break;
        histories.push({ name: candidate, ...history });
        const { status } = toExecutionFacts(candidate, history.events);
        if (status === "SUCCEEDED" || status === "RUNNING") break;
      }
      return histories;
    }),
  );
  return [...new Map(found.flat().map((history) => [history.name, history])).values()];
}
