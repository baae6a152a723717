/** Who tries again, and that somebody does. */
import { type Facts, isContradictory, itemAt, purchaseKey } from "./facts.ts";
import type { ExecutionAtEnd, Item } from "./final-stores.ts";
import { type Violation, violation } from "./violation.ts";

const MINUTE = 60_000;
/** What was delivered may wait in the overflow queue before it is acted upon. */
const LONGEST_QUEUEING = 90 * MINUTE;

const inputOf = ({ input }: ExecutionAtEnd) => JSON.parse(input) as { eventId: string } & Item;

export function checkFreshAttempts(facts: Facts): Violation[] {
  return [
    ...checkTriedAgain(facts),
    ...checkRedriven(facts),
    ...checkNothingBySchedule(facts),
    ...checkOneLetter(facts),
  ];
}

function checkTriedAgain({ deliveries, executions, lettersEver }: Facts): Violation[] {
  const byEvent = new Map<string, ExecutionAtEnd[]>();
  for (const execution of executions) {
    const { eventId } = inputOf(execution);
    byEvent.set(eventId, [...(byEvent.get(eventId) ?? []), execution]);
  }
  const given = new Set(lettersEver.flatMap(({ executionArn, eventId }) => (executionArn ? [] : eventId)));
  return deliveries
    .filter(({ status, eventId }) => status === 200 && !given.has(eventId))
    .filter(({ eventId, startedAt }) => {
      const attempts = byEvent.get(eventId) ?? [];
      const standing = attempts.map((execution) => statusAt(execution, startedAt)).filter(Boolean);
      const hadFailed = standing.length > 0 && standing.every((status) => status === "failed");
      return hadFailed && !attempts.some((execution) => isAttemptedSince(execution, startedAt));
    })
    .map(({ eventId }) =>
      violation(3, `${eventId} was delivered after its execution had failed; nothing was tried`),
    );
}

/** Whoever has redriven it, and however often: work begins again. */
function checkRedriven({ executions }: Facts): Violation[] {
  return executions.flatMap(({ name, history }) => {
    const tries = history.flatMap(({ kind }, index) => (kind === "redriven" ? [index] : []));
    return tries
      .filter((from, index) => !history.slice(from, tries[index + 1]).some(({ kind }) => kind === "task"))
      .map(() => violation(3, `${name} was redriven, and nothing was tried`));
  });
}

/** @returns undefined before the execution's start */
function statusAt({ history }: ExecutionAtEnd, instant: number): string | undefined {
  const last = history.findLast(({ at, kind }) => at < instant && kind !== "entered" && kind !== "task");
  return last?.kind;
}

/** To be started again is not enough: work must have begun. */
function isAttemptedSince({ history }: ExecutionAtEnd, instant: number): boolean {
  const again = history.findIndex(
    ({ at, kind }) => at >= instant && (kind === "started" || kind === "redriven"),
  );
  return again >= 0 && history.slice(again).some(({ kind }) => kind === "task");
}

/** Only a delivery or a person redrives: the same failure every hour would bury the letters that are new. */
function checkNothingBySchedule({ executions, deliveries, redrives, calmSince }: Facts): Violation[] {
  if (calmSince === undefined) return [];
  return executions.flatMap((execution) => {
    const { eventId } = inputOf(execution);
    const delivered = deliveries.filter((delivery) => delivery.eventId === eventId);
    const isAsked = (at: number) =>
      delivered.some(({ startedAt }) => startedAt <= at && at - startedAt < LONGEST_QUEUEING) ||
      redrives.some(({ from, to }) => from <= at && at <= to + LONGEST_QUEUEING);
    return execution.history
      .filter(({ kind, at }) => kind === "redriven" && !isAsked(at))
      .map(() => violation(3, `${execution.name} was redriven, and nobody had asked for it`));
  });
}

/** The return page starts an execution by the session's own name only while none has failed. */
function checkOneLetter(facts: Facts): Violation[] {
  const odd = new Set<unknown>(facts.sessions.filter(isContradictory).map(({ id }) => id));
  return facts.executions.flatMap((execution) => {
    const { checkoutSessionId, userId } = inputOf(execution);
    const startedAt = execution.history.find(({ kind }) => kind === "started")?.at;
    if (startedAt === undefined || execution.name !== checkoutSessionId || odd.has(checkoutSessionId))
      return [];
    const key = purchaseKey(userId, checkoutSessionId);
    const noted = [startedAt - MINUTE, startedAt].map((instant) => itemAt(facts, key, instant));
    return noted.every((purchase) => purchase?.["needsAttention"] ?? purchase?.["failing"])
      ? [violation(3, `${execution.name} was started although another had failed and said so`)]
      : [];
  });
}
