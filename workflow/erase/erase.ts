/**
 * Erases a person. What the law wants kept - what was paid for, and what was given for it - stays under a random name; all else
 * goes. Every step can be done again, so that a second try finishes what a crash has left.
 */
import { mapConcurrently } from "../map-concurrently.ts";
import type { PaymentProvider } from "../ports/payments.ts";
import type { Erasure, Person, PersonalDataStore } from "../ports/personal-data.ts";
import type { Purchase } from "../purchase.ts";
import {
  anonymiseEnrollment,
  anonymisePurchase,
  mentions,
  type Traces,
  tracesOf,
  withoutTraces,
} from "./anonymise.ts";
import { findObstacles, type ObstaclePorts, unsettledSessions } from "./find-obstacles.ts";

export interface ErasePorts extends ObstaclePorts {
  personalData: PersonalDataStore;
  payments: Pick<PaymentProvider, "findCheckout" | "expireCheckout">;
  now: () => Date;
}

/** It cannot be done yet; the message says, a line each, what must be done first. */
export class ErasureRefused extends Error {
  override name = "ErasureRefused";
}

/** By whom, and why. */
export type Signature = Pick<Erasure, "by" | "reason">;

/** A student who goes on while being erased leaves more behind; so often it is looked again. */
const MOST_ROUNDS = 3;

/**
 * Says what would be done, without doing anything.
 * @returns one sentence per consequence; none when nothing is stored of the person
 * @throws ErasureRefused
 */
export async function planErasure(
  userId: string,
  { reason }: Signature,
  ports: ErasePorts,
): Promise<string[]> {
  const person = await readPerson(userId, ports);
  if (mentions(reason, tracesOf(person)))
    throw new ErasureRefused("The reason is kept: give one that does not name the person.");
  const obstacles = await findObstacles(person, ports);
  if (obstacles.length > 0) throw new ErasureRefused(obstacles.join("\n"));
  return describePlan(person, ports);
}

async function describePlan(person: Person, { payments }: ErasePorts): Promise<string[]> {
  const { student, purchases, enrollments, openCheckouts } = person;
  const kept = [...purchases.filter(isKeptOf(person)), ...enrollments.filter(isPaid)].length;
  const forgotten = purchases.length + enrollments.length - kept + openCheckouts.length;
  const sessions = await Promise.all(unsettledSessions(person).map((id) => payments.findCheckout(id)));
  return [
    ...sessions.flatMap((session) =>
      session?.status === "open" ? [`The form of ${session.checkoutSessionId} is expired.`] : [],
    ),
    ...(kept > 0
      ? [`What was paid for is kept under a random name, as accounting needs it: ${kept} records.`]
      : []),
    ...(forgotten > 0 ? [`What nobody paid for is deleted: ${forgotten} records.`] : []),
    ...(student ? ["The student's record is deleted: e-mail, name and the link to Stripe's customer."] : []),
  ];
}

/**
 * @returns what stands in the person's place
 * @throws ErasureRefused, before anything is erased or in the midst of it: then it is to be done again
 */
export async function erase(userId: string, signature: Signature, ports: ErasePorts): Promise<Erasure> {
  const { personalData, now } = ports;
  await planErasure(userId, signature, ports);
  await expireForms(await readPerson(userId, ports), ports);
  // From here on nobody becomes that student again, whatever token, event or bookmark still comes.
  const { by, reason } = signature;
  const erasure = await personalData.beginErasure(userId, { by, reason, at: now().toISOString() });
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const person = await readPerson(userId, ports);
    if (isNothing(person)) return erasure;
    await expireForms(person, ports);
    await erasePerson(person, erasure, personalData);
  }
  if (isNothing(await personalData.readPerson(userId))) return erasure;
  throw new ErasureRefused(
    "The student goes on meanwhile: delete the account at the sign-in, and run this again.",
  );
}

/** A purchase whose execution has not failed knows nothing of its settlement; the payment provider does. */
async function readPerson(userId: string, { personalData, payments }: ErasePorts): Promise<Person> {
  const person = await personalData.readPerson(userId);
  const purchases = await mapConcurrently(person.purchases, async (purchase) => {
    if (purchase.settlement || purchase.closedAt) return purchase;
    const settlement = (await payments.findCheckout(purchase.checkoutSessionId))?.settlement;
    return { ...purchase, ...(settlement && { settlement }) };
  });
  return { ...person, purchases };
}

/** A form that was paid just then shows itself as complete. */
async function expireForms(person: Person, { payments }: ErasePorts): Promise<void> {
  for (const id of unsettledSessions(person)) {
    const before = await payments.findCheckout(id);
    if (before?.status === "open") await payments.expireCheckout(id);
    const session = before?.status === "open" ? await payments.findCheckout(id) : before;
    if (session?.status === "complete" && !session.paymentFailed)
      throw new ErasureRefused(`${id} was paid just now: wait until it is enrolled, and run this again.`);
  }
}

async function erasePerson(person: Person, erasure: Erasure, store: PersonalDataStore): Promise<void> {
  const { userId } = person;
  const traces = tracesOf(person);
  // Purchases first: from then on a step that is at work takes back what it writes.
  for (const purchase of person.purchases) {
    if (isKeptOf(person)(purchase))
      await store.movePurchase(userId, anonymisePurchase(purchase, traces, erasure));
    else await store.forgetPurchase(purchase);
  }
  for (const enrollment of (await store.readPerson(userId)).enrollments) {
    if (isPaid(enrollment)) await store.moveEnrollment(userId, anonymiseEnrollment(enrollment, erasure));
    else await store.forgetEnrollment(enrollment);
  }
  for (const checkout of person.openCheckouts) await store.forgetOpenCheckout(checkout);
  await rewriteOthers(traces, erasure, store);
  // Last, since it is by this that a second try finds the person.
  await store.forgetStudent(userId);
}

/** Who gave a place to somebody, or got one, is named in the other's purchase too. */
async function rewriteOthers(
  traces: Traces,
  { pseudonym }: Erasure,
  store: Pick<PersonalDataStore, "listPurchasesWith" | "rewritePurchase">,
): Promise<void> {
  for (const purchase of await store.listPurchasesWith(traces.words)) {
    const without = withoutTraces(purchase, traces, pseudonym);
    if (JSON.stringify(without) !== JSON.stringify(purchase)) await store.rewritePurchase(without);
  }
}

/** Paid for, or given for: of a very old one the payment provider may know nothing any more. */
const isKeptOf =
  ({ enrollments }: Person) =>
  ({ settlement, checkoutSessionId }: Purchase) =>
    settlement !== undefined ||
    enrollments.some(({ stripeSessionId }) => stripeSessionId === checkoutSessionId);
const isPaid = ({ enrollmentType }: { enrollmentType: string }) => enrollmentType !== "free";

const isNothing = ({ student, purchases, enrollments, openCheckouts }: Person) =>
  !student && purchases.length + enrollments.length + openCheckouts.length === 0;
