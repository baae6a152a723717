/** What was paid against what was delivered, both ways. */
import { barOf, type Facts, isDecided, isOurs, lettersNaming, ownerOf, placeOf } from "./facts.ts";
import type { Item } from "./final-stores.ts";
import { type Violation, violation } from "./violation.ts";

export function checkDelivered(facts: Facts): Violation[] {
  return [
    ...checkNothingLost(facts),
    ...checkNothingTakenAway(facts),
    ...facts.enrollments.flatMap((enrollment) => checkPaidFor(enrollment, facts)),
    ...checkNothingTwice(facts),
    ...checkStrangers(facts),
  ];
}

function checkNothingLost(facts: Facts): Violation[] {
  const { enrollments, settled } = facts;
  const enrolled = new Set(enrollments.map(placeOf));
  const delivered = new Set(enrollments.map(({ stripeSessionId }) => stripeSessionId));
  const paidBack = new Set(facts.charges.flatMap((charge) => (charge.refunded ? charge.payment_intent : [])));
  return settled
    .filter(({ id, metadata }) => !delivered.has(id) && !enrolled.has(placeOf(metadata)))
    .filter((session) => lettersNaming(facts, session).length === 0 && !isDecided(facts, session))
    .filter(({ payment_intent }) => !paidBack.has(payment_intent ?? ""))
    .map(({ id }) => violation(1, `${id} is settled; there is neither an enrollment nor a dead letter`));
}

/** Nobody but a person takes a place away. */
function checkNothingTakenAway(facts: Facts): Violation[] {
  return facts.stream
    .filter(({ key, before, after }) => key.includes("|ENROLLMENT#") && before && !after)
    .filter(({ before, at }) => {
      const bar = barOf(facts, before?.["userId"], before?.["stripeSessionId"]);
      return !bar || bar.decidedAt > at;
    })
    .map(({ key }) => violation(1, `${key} was taken away, and nobody had decided so`));
}

function checkPaidFor({ PK, SK, userId, courseId, ...enrollment }: Item, facts: Facts): Violation[] {
  if (enrollment["enrollmentType"] === "free") return [];
  const place = placeOf({ userId, courseId });
  const session = facts.settled.find(({ id }) => id === enrollment["stripeSessionId"]);
  if (!session)
    return [
      violation(2, `${place} is enrolled by ${String(enrollment["stripeSessionId"])}, which is not settled`),
    ];
  const { metadata, client_reference_id: reference } = session;
  // A person may move what contradicts itself: then it is their word that counts.
  const isMoved = barOf(facts, metadata?.["userId"], session.id)?.kind === "transferred";
  const isMovedHere = isMoved && userId === ownerOf(facts, session);
  const named = isMovedHere || (userId === metadata?.["userId"] && reference === userId);
  const inPlace = PK === `USER#${String(userId)}` && SK === `ENROLLMENT#${String(courseId)}`;
  if (named && inPlace && metadata?.["courseId"] === courseId) return [];
  return [violation(2, `${place} is enrolled by ${session.id}, which names another student or course`)];
}

function checkNothingTwice({ enrollments, stream }: Facts): Violation[] {
  const seen = new Set<unknown>();
  const again = enrollments.filter((enrollment) => {
    const names = [placeOf(enrollment), enrollment["stripeSessionId"]].filter(Boolean);
    const isKnown = names.some((name) => seen.has(name));
    names.forEach((name) => seen.add(name));
    return isKnown;
  });
  const rewritten = stream.filter(
    ({ key, before, after }) => key.includes("|ENROLLMENT#") && before && after,
  );
  return [
    ...again.map((enrollment) => violation(2, `${placeOf(enrollment)} is enrolled twice`)),
    ...rewritten.map(({ key }) => violation(2, `${key} was written more than once`)),
  ];
}

/** Neither an execution nor a letter: what is not ours is nobody's trouble here. */
function checkStrangers({ sessions, executions, lettersEver, purchases }: Facts): Violation[] {
  const ours = new Set<unknown>(sessions.filter(isOurs).map(({ id }) => id));
  const started = executions.map(({ input }) => JSON.parse(input) as Item);
  return [...started, ...lettersEver, ...purchases]
    .filter(({ checkoutSessionId }) => checkoutSessionId && !ours.has(checkoutSessionId))
    .map(({ checkoutSessionId }) =>
      violation(2, `${String(checkoutSessionId)} is another's sale and was taken for ours`),
    );
}
