/** The final stores as the checks ask them: what was settled, who has a place by what, and how a record stood at an instant. */
import {
  DEPLOYMENT_NAME,
  type FinalStores,
  type Item,
  type SessionAtStripe,
  type StreamRecord,
} from "./final-stores.ts";

export interface Facts extends FinalStores {
  /** Settled sessions of ours. */
  settled: SessionAtStripe[];
  enrollments: Item[];
  purchases: Item[];
  letters: Record<string, unknown>[];
  lettersEver: Record<string, unknown>[];
  /** What somebody has started with no payment event: nobody's purchase, in none of the above. */
  byHand: FinalStores["executions"];
  lettersByHand: Record<string, unknown>[];
  /** The table's stream by the item's key. */
  changes: Map<string, StreamRecord[]>;
}

/** With the number of a fresh start, past the days of redrive. */
const BY_HAND = /(^|:)by-hand-\d/;

export function gatherFacts(stores: FinalStores): Facts {
  const changes = new Map<string, StreamRecord[]>();
  for (const record of stores.stream) changes.set(record.key, [...(changes.get(record.key) ?? []), record]);
  const isByHand = ({ executionArn }: Item) => typeof executionArn === "string" && BY_HAND.test(executionArn);
  const lettersEver = stores.deadLettersEver.map((body) => JSON.parse(body) as Item);
  return {
    ...stores,
    executions: stores.executions.filter(({ name }) => !BY_HAND.test(name)),
    byHand: stores.executions.filter(({ name }) => BY_HAND.test(name)),
    lettersByHand: lettersEver.filter(isByHand),
    settled: stores.sessions.filter((session) => isSettled(session) && isOurs(session)),
    enrollments: stores.items.filter(({ SK }) => String(SK).startsWith("ENROLLMENT#")),
    purchases: stores.items.filter(({ SK }) => String(SK).startsWith("PURCHASE#")),
    letters: stores.deadLetters.map((body) => JSON.parse(body) as Item).filter((one) => !isByHand(one)),
    lettersEver: lettersEver.filter((one) => !isByHand(one)),
    changes,
  };
}

const isSettled = ({ status, payment_status }: SessionAtStripe) =>
  status === "complete" && (payment_status === "paid" || payment_status === "no_payment_required");

export function isOurs({ metadata }: SessionAtStripe): boolean {
  const { deployment, userId, courseId } = metadata ?? {};
  return deployment ? deployment === DEPLOYMENT_NAME : Boolean(userId && courseId);
}

/** Only Bursar itself gives a session its deployment's name. */
export const isOpenedHere = ({ metadata }: SessionAtStripe) => metadata?.["deployment"] === DEPLOYMENT_NAME;

/** It names two students, each of whom has a purchase of it; a person must say whose it is. */
export const isContradictory = ({ client_reference_id: reference, metadata }: SessionAtStripe) =>
  reference !== metadata?.["userId"];

/** Where a student's enrollment in a course is, as an item or a session names them. */
export const placeOf = (named: { userId?: unknown; courseId?: unknown } | null | undefined) =>
  `${String(named?.userId)}/${String(named?.courseId)}`;

export const purchaseKey = (userId: unknown, sessionId: unknown) =>
  `USER#${String(userId)}|PURCHASE#${String(sessionId)}`;

/** How an item stood then; undefined: it was not there. */
export function itemAt({ changes }: Facts, key: string, instant: number): Item | undefined {
  return changes.get(key)?.findLast(({ at }) => at <= instant)?.after;
}

export interface SignedDecision {
  kind: "withdrawn" | "transferred" | "closed" | "waived";
  to?: string;
  /** Milliseconds since 1970. */
  decidedAt: number;
}

/** What a person has signed about that student's purchase first, and since when it stands. */
export function decisionOf(
  { changes }: Facts,
  userId: unknown,
  sessionId: unknown,
): SignedDecision | undefined {
  const first = changes.get(purchaseKey(userId, sessionId))?.find(({ after }) => after?.["decision"]);
  const decision = first?.after?.["decision"] as { kind?: string; by?: string; reason?: string } | undefined;
  if (!first || !decision?.by || !decision.reason) return undefined;
  return { ...(decision as SignedDecision), decidedAt: first.at };
}

export function barOf(facts: Facts, userId: unknown, sessionId: unknown): SignedDecision | undefined {
  const decision = decisionOf(facts, userId, sessionId);
  return decision?.kind === "waived" ? undefined : decision;
}

/** When so many sweeps that began after that instant have come to their end; Infinity: that never happened. */
export function sweptAfter({ sweeps }: Facts, instant: number, times = 1): number {
  return sweeps.filter(({ from }) => from > instant).at(times - 1)?.to ?? Infinity;
}

/** Who is to have the place: who paid, or to whom it was moved. */
export function ownerOf(facts: Facts, session: SessionAtStripe): string | undefined {
  let owner = session.metadata?.["userId"];
  for (const seen = new Set<string>(); owner && !seen.has(owner); ) {
    seen.add(owner);
    owner = barOf(facts, owner, session.id)?.to ?? owner;
  }
  return owner;
}

/** Whether a person has decided that the purchase, whoever's it is by now, gives no place. */
export function isDecided(facts: Facts, session: SessionAtStripe): boolean {
  const users = [session.metadata?.["userId"], session.client_reference_id];
  return users.some((userId) => barOf(facts, userId, session.id));
}

/** A dead letter may be the state machine's own or an event that the overflow queue gave up on. */
export const lettersNaming = ({ letters }: Facts, { id }: SessionAtStripe) =>
  letters.filter(({ checkoutSessionId }) => checkoutSessionId === id);
