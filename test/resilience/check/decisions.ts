/** What persons have decided against what happened afterwards. */
import {
  barOf,
  decisionOf,
  type Facts,
  itemAt,
  ownerOf,
  purchaseKey,
  type SignedDecision,
  sweptAfter,
} from "./facts.ts";
import type { Item, SessionAtStripe } from "./final-stores.ts";
import { unasked } from "./paybacks.ts";
import { type Violation, violation } from "./violation.ts";

const HOUR = 60 * 60 * 1000;
/** What was under way when it was decided has ended by then. */
const UNDER_WAY = HOUR;
/** A sweep leaves alone what is younger. */
const GRACE = 10 * 60 * 1000;
/** What a crash has left is put right by a sweep; what that one could not do, by the next. */
const SWEEPS = 3;

export function checkDecisions(facts: Facts): Violation[] {
  const decided = facts.purchases.flatMap((purchase) => {
    const { userId, checkoutSessionId } = purchase;
    const decision = decisionOf(facts, userId, checkoutSessionId);
    return decision ? [{ purchase, decision }] : [];
  });
  return [
    ...checkUnchanged(facts),
    ...decided.flatMap(({ purchase, decision }) => checkBarred(purchase, decision, facts)),
    ...checkNotBegun(facts),
    ...checkExecutions(facts),
    ...facts.settled.flatMap((session) => checkMoved(session, facts)),
  ];
}

/** A decision is made once, stays, and is not asked for again. */
function checkUnchanged({ stream }: Facts): Violation[] {
  return stream
    .filter(({ before }) => before?.["decision"])
    .filter(({ before, after }) => {
      const isSame = JSON.stringify(after?.["decision"]) === JSON.stringify(before?.["decision"]);
      const asksAgain = after?.["needsAttention"] && !before?.["needsAttention"];
      return !isSame || asksAgain;
    })
    .map(({ key }) => violation(7, `what was decided about ${key} was changed, or asked again`));
}

/** Nothing by a barred purchase is written once what was under way is over, and nothing of it stays. */
function checkBarred(
  { userId, courseId, checkoutSessionId }: Item,
  { kind, decidedAt }: SignedDecision,
  facts: Facts,
): Violation[] {
  if (kind === "waived") return [];
  const changes = facts.changes.get(`USER#${String(userId)}|ENROLLMENT#${String(courseId)}`) ?? [];
  const isIts = (item: Item | undefined) => item?.["stripeSessionId"] === checkoutSessionId;
  // Carrying out an older decision may give a place for a moment, until it sees the newer one.
  const written = changes.find(
    ({ at, before, after }) => isIts(after) && !before && at > decidedAt + UNDER_WAY,
  );
  const takenBack = changes.find(
    ({ at, before, after }) => written && at >= written.at && isIts(before) && !after,
  );
  if (written && !(takenBack && takenBack.at - written.at < GRACE))
    return [violation(7, `${String(checkoutSessionId)} was ${kind} and has enrolled all the same`)];
  const isOver = sweptAfter(facts, decidedAt + GRACE, SWEEPS);
  const left = changes.some(({ at, before }) => isIts(before) && at > isOver) || isIts(changes.at(-1)?.after);
  if (!left || isStuck(userId, checkoutSessionId, facts)) return [];
  return [violation(7, `${String(checkoutSessionId)} was ${kind} and its enrollment stayed`)];
}

/** Shown to operators as unfinished: the receiver has the course by another way meanwhile. */
function isStuck(userId: unknown, sessionId: unknown, facts: Facts): boolean {
  const purchase = itemAt(facts, purchaseKey(userId, sessionId), Infinity);
  const receiver = barOf(facts, userId, sessionId)?.to;
  const isOwner = facts.enrollments.some(
    (enrollment) =>
      enrollment["userId"] === receiver &&
      enrollment["courseId"] === purchase?.["courseId"] &&
      enrollment["stripeSessionId"] !== sessionId,
  );
  return Boolean(purchase?.["GSI1PK"] && isOwner);
}

/** Neither the sweep nor the return page begins an execution for what was decided. */
function checkNotBegun(facts: Facts): Violation[] {
  return unasked(facts).flatMap(({ name, startedAt, userId, checkoutSessionId }) => {
    const bar = barOf(facts, userId, checkoutSessionId);
    return bar && bar.decidedAt + UNDER_WAY < startedAt
      ? [violation(7, `${name} was started although it had been decided about`)]
      : [];
  });
}

/** Validating after the decision leads to no write, and a write that begins after it leaves no enrollment behind. */
function checkExecutions(facts: Facts): Violation[] {
  return facts.executions.flatMap(({ name, input, history }) => {
    const { userId, courseId, checkoutSessionId } = JSON.parse(input) as Item;
    const bar = barOf(facts, userId, checkoutSessionId);
    const write = history.findLastIndex(
      ({ kind, detail }) => kind === "task" && detail === "WriteEnrollment",
    );
    const [begun, done] = [history[write], history.slice(write + 1).find(({ kind }) => kind !== "task")];
    if (!bar || !begun) return [];
    const validated = history
      .slice(0, write)
      .findLast(({ kind, detail }) => kind === "task" && detail === "ValidateSession");
    if (validated && validated.at > bar.decidedAt)
      return [violation(7, `${name} was to enroll by what was ${bar.kind} before`)];
    if (begun.at < bar.decidedAt || done?.detail !== "LinkCustomer") return [];
    const key = `USER#${String(userId)}|ENROLLMENT#${String(courseId)}`;
    const isLeft = itemAt(facts, key, done.at)?.["stripeSessionId"] === checkoutSessionId;
    return isLeft ? [violation(7, `${name} has enrolled by what was ${bar.kind} before`)] : [];
  });
}

/** The place is with the student to whom it was moved last, and with nobody else. */
function checkMoved(session: SessionAtStripe, facts: Facts): Violation[] {
  const payer = session.metadata?.["userId"];
  if (barOf(facts, payer, session.id)?.kind !== "transferred") return [];
  const owner = ownerOf(facts, session);
  const holders = facts.enrollments.filter(({ stripeSessionId }) => stripeSessionId === session.id);
  if (holders.length > 1) return [violation(7, `the place of ${session.id} is with two students`)];
  const isClosed = Boolean(barOf(facts, owner, session.id));
  const isRight = isClosed ? holders.length === 0 : holders[0]?.["userId"] === owner;
  if (isRight) return [];
  const isWaiting = facts.purchases.some(
    ({ userId, checkoutSessionId }) => checkoutSessionId === session.id && isStuck(userId, session.id, facts),
  );
  return isWaiting
    ? []
    : [violation(7, `the place of ${session.id} is not with the student it was moved to`)];
}
