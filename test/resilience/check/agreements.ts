/** What a student was shown and paid against what they got for it. */
import { barOf, type Facts, isOpenedHere, lettersNaming, placeOf } from "./facts.ts";
import type { ApiRequest, Item, SessionAtStripe } from "./final-stores.ts";
import { type Violation, violation } from "./violation.ts";

export function checkAgreements(facts: Facts): Violation[] {
  const opened = facts.settled.filter(isOpenedHere);
  return [
    ...facts.requests.flatMap((request) => checkForm(request, facts)),
    ...opened.flatMap((session) => checkHonoured(session, facts)),
    ...checkServed(facts),
  ];
}

/** A form is handed out for a session that can be paid, at a price that the catalogue named while it was asked for. */
function checkForm(request: ApiRequest, { sessions, changes }: Facts): Violation[] {
  const { checkoutSessionId, courseId, askedAt, answeredAt = Infinity } = request;
  if (!checkoutSessionId) return [];
  const session = sessions.find(({ id }) => id === checkoutSessionId);
  const course = changes.get(`COURSE#${courseId}|METADATA`) ?? [];
  const before = course.findLast(({ at }) => at <= askedAt)?.after;
  const named = [
    before,
    ...course.filter(({ at }) => at > askedAt && at <= answeredAt).map(({ after }) => after),
  ];
  const isNamed = named.some(
    (offer) =>
      offer?.["pricingModel"] === "paid" &&
      offer["unitAmount"] === session?.amount_subtotal &&
      offer["currency"] === session?.currency,
  );
  if (!isNamed)
    return [violation(6, `the form of ${checkoutSessionId} asks for what ${courseId} does not cost`)];
  const closedAt = session?.closedAt ?? Infinity;
  return closedAt < askedAt ? [violation(6, `the form of ${checkoutSessionId} cannot be paid any more`)] : [];
}

/** Refusals that blame the session blame Bursar itself, which has opened it. */
const OUR_OWN_FAULT = new Set<unknown>(["AmountMismatch", "InvalidSession", "InvalidPaymentEvent"]);

function checkHonoured(session: SessionAtStripe, facts: Facts): Violation[] {
  const { id, metadata } = session;
  const letters = facts.lettersEver.filter(({ checkoutSessionId }) => checkoutSessionId === id);
  const blamed = letters.find(({ error }) => OUR_OWN_FAULT.has(error));
  if (blamed)
    return [violation(6, `${id} was opened here and paid, and then refused: ${String(blamed["error"])}`)];
  const isEnrolled = facts.enrollments.some(({ stripeSessionId }) => stripeSessionId === id);
  if (isEnrolled || facts.calmSince === undefined || isExcused(session, facts)) return [];
  const causes = lettersNaming(facts, session)
    .map(({ error }) => String(error))
    .join();
  return [
    violation(6, `${id} was opened here and paid, and ${placeOf(metadata)} is not enrolled: ${causes}`),
  ];
}

/** Decided, paid back, paid twice; or its course or student is missing to the end. */
function isExcused({ id, metadata, payment_intent }: SessionAtStripe, facts: Facts): boolean {
  const { userId, courseId } = metadata ?? {};
  const isThere = (PK: string) =>
    facts.items.some((item: Item) => item["PK"] === PK && item["SK"] === "METADATA");
  return Boolean(
    barOf(facts, userId, id) ||
      facts.refundedAt.has(payment_intent ?? "") ||
      facts.enrollments.some((enrollment) => placeOf(enrollment) === placeOf(metadata)) ||
      !isThere(`COURSE#${courseId}`) ||
      !isThere(`USER#${userId}`),
  );
}

/** When nothing fails, nobody is told that something went wrong. */
function checkServed({ requests, calmSince = Infinity }: Facts): Violation[] {
  return requests
    .filter(({ askedAt, status = 0 }) => askedAt >= calmSince && status >= 500)
    .map(({ path, userId }) => violation(6, `${userId} was answered 500 at ${path}, and nothing was away`));
}
