/** Who a student is: the customer at Stripe, and the name and address of the sign-in. */
import { type Facts, isOpenedHere, itemAt, purchaseKey } from "./facts.ts";
import type { Item } from "./final-stores.ts";
import { type Violation, violation } from "./violation.ts";

export function checkStudents(facts: Facts): Violation[] {
  const { settled, items } = facts;
  const students = items.filter(({ PK, SK }) => String(PK).startsWith("USER#") && SK === "METADATA");
  const foreign = students
    .filter(({ stripeCustomerId }) => stripeCustomerId)
    .filter(({ userId, stripeCustomerId }) =>
      settled.every(
        ({ customer, client_reference_id }) =>
          customer !== stripeCustomerId || client_reference_id !== userId,
      ),
    )
    .map(({ userId }) => violation(5, `${String(userId)} is linked to a customer of no payment of theirs`));
  return [
    ...checkFirstStays(facts),
    ...checkDeadForgotten(facts),
    ...students.flatMap((student) => checkClaims(student, facts)),
    ...foreign,
  ];
}

/** It changes only once it is gone at Stripe. */
function checkFirstStays({ stream, customers }: Facts): Violation[] {
  const deletedAt = new Map<unknown, number | undefined>(customers.map(({ id, deletedAt: at }) => [id, at]));
  return stream
    .filter(({ key }) => /^USER#.*\|METADATA$/.test(key))
    .filter(({ before, after, at }) => {
      const customer = before?.["stripeCustomerId"];
      if (!customer || after?.["stripeCustomerId"] === customer) return false;
      return (deletedAt.get(customer) ?? Infinity) > at;
    })
    .map(({ key }) => violation(5, `the customer of ${key} was changed`));
}

/** Whoever was given a form since the customer had gone is not linked to it when the purchase is stored. */
function checkDeadForgotten(facts: Facts): Violation[] {
  const deletedAt = new Map(facts.customers.map((customer) => [customer.id, customer.deletedAt]));
  return facts.sessions.filter(isOpenedHere).flatMap(({ id, metadata, created }) => {
    const userId = metadata?.["userId"];
    const stored = facts.changes.get(purchaseKey(userId, id))?.[0];
    if (!stored) return [];
    const student = itemAt(facts, `USER#${userId}|METADATA`, stored.at);
    const died = deletedAt.get(String(student?.["stripeCustomerId"])) ?? Infinity;
    return died < created * 1000
      ? [violation(5, `${userId} is still linked to a customer that is gone`)]
      : [];
  });
}

/** Who has signed in three times without trouble is known by what the sign-in said, here and at Stripe. */
function checkClaims({ userId, email, stripeCustomerId }: Item, facts: Facts): Violation[] {
  const { calmSince = Infinity } = facts;
  const visits = facts.requests.filter(
    (request) => request.userId === userId && request.askedAt >= calmSince && request.path.endsWith("/me"),
  );
  const [last] = visits.slice(-1);
  if (visits.length < 3 || !last || visits.some(({ status }) => status !== 200)) return [];
  // What Stripe takes for no address is no reproach.
  if (last.email.endsWith("@localhost")) return [];
  if (last.email !== email)
    return [violation(5, `${String(userId)} is not known by the address of the sign-in`)];
  const customer = facts.customers.find(({ id, deletedAt }) => id === stripeCustomerId && !deletedAt);
  const wasChanged = facts.changes
    .get(`USER#${String(userId)}|METADATA`)
    ?.some(
      ({ before, after }) =>
        before?.["stripeCustomerId"] === customer?.id && before?.["email"] !== after?.["email"],
    );
  return customer && wasChanged && customer.email !== email
    ? [violation(5, `Stripe knows ${String(userId)} by another address than the sign-in`)]
    : [];
}
