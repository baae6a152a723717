/** Students who pay, what Stripe then delivers, and their pages that ask how the purchase stands. */
import { createHistogram } from "node:perf_hooks";
import { pauseBefore } from "#client/question-pauses.ts";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { keys } from "#handlers/adapters/dynamodb/table.ts";
import type { Item } from "#handlers/adapters/dynamodb/table-expressions.ts";
import { DEPLOYMENT_NAME } from "#test/resilience/check/final-stores.ts";
import { RETRY_AFTER_MS } from "#test/resilience/simulation/deliveries.ts";
import type { Session, StripeEvent } from "#test/resilience/simulation/stripe.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import type { CheckoutStatusAnswer } from "#workflow/contract.ts";
import type { Model } from "./model/create-model.ts";
import { throughGateway } from "./model/gateway.ts";
import { DELIVERY, drawLatency } from "./model/latencies.ts";
import { record, type Scenario } from "./run-load.ts";
import { readOn, visitAndOpen } from "./visit.ts";

/** Nobody looks at the page for longer. */
const LOOKS_FOR_MS = 10 * 60_000;
const FILLS_IN_FORM_MS = 60_000;
/** By then nothing is under way for them any more. */
const FORGOTTEN_AFTER_MS = 5 * 60_000;
/** As long as a course's page is. */
const DESCRIPTION = "How money moves through software that may fail at any moment. ".repeat(80);
/** As long as Cognito's. */
const userIdOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;

export function createBuyers(
  { purchases, arrivals, courses, opensCheckouts = false, withVisit = false, looksOn = true }: Scenario,
  { onEnrolled }: { onEnrolled(milliseconds: number): void },
) {
  const counts = { paid: 0, enrolled: 0, looking: 0, refusedDeliveries: 0 };
  const seen = createHistogram();
  /** When those have paid who are not yet enrolled, by student. */
  const paidAt = new Map<string, number>();
  let model: Model;

  function begin(made: Model): void {
    model = made;
    for (let index = 0; index < courses; index += 1)
      model.deployment.table.put(
        courseItem({ ...paidCourse, courseId: courseIdOf(index), description: DESCRIPTION }),
      );
    arriveInTurn(0);
  }

  const courseIdOf = (index: number) => `COURSE-${index % courses}`;

  /** Each calls the next, so that those who come later take no room yet. */
  function arriveInTurn(index: number, before = 0): void {
    if (index >= purchases) return;
    const at = arrivals((index + model.random.next()) / purchases);
    model.agenda.after(at - before, () => {
      if (opensCheckouts) void openAndPay(index);
      else pay(openCheckout(index));
      arriveInTurn(index + 1, Math.max(at, before));
    });
  }

  async function openAndPay(index: number): Promise<void> {
    const session = await visitAndOpen(model, userIdOf(index), courseIdOf(index), withVisit);
    await model.agenda.sleep(FILLS_IN_FORM_MS);
    pay(session);
  }

  /** As the API has left it. */
  function openCheckout(index: number): Session {
    const { table, stripe } = model.deployment;
    const [userId, courseId] = [userIdOf(index), courseIdOf(index)];
    const { name: courseName, unitAmount, currency } = paidCourse;
    const session = stripe.createSession({
      reference: userId,
      metadata: { userId, courseId, courseName, deployment: DEPLOYMENT_NAME },
      amount: unitAmount,
      currency,
    });
    const openedAt = new Date(model.agenda.now()).toISOString();
    const expiresAt = new Date(session.expires_at * 1000).toISOString();
    const ids = { userId, courseId, checkoutSessionId: session.id };
    table.put(studentItem({ ...student, userId }));
    table.put({
      ...keys.purchase(userId, session.id),
      ...ids,
      courseName,
      unitAmount,
      currency,
      openedAt,
      expiresAt,
    });
    table.put({ ...keys.openCheckout(userId, courseId), ...ids, expiresAt, attempt: 1 });
    return session;
  }

  function pay(session: Session): void {
    counts.paid += 1;
    paidAt.set(session.client_reference_id ?? "", model.agenda.now());
    model.deployment.stripe.complete(session, "paid");
    if (looksOn) void look(session);
  }

  /** Stripe delivers once, and again while it is not answered 200. */
  async function deliver(event: StripeEvent): Promise<void> {
    const { agenda, random } = model;
    await agenda.sleep(drawLatency(DELIVERY, random));
    for (const pause of [...RETRY_AFTER_MS, 0]) {
      const answer = await throughGateway(model, "webhookRequests", () =>
        model.deployment.deliverWebhook(event),
      );
      if (answer?.status === 200) {
        agenda.after(FORGOTTEN_AFTER_MS, () => {
          if (model.deployment.states.find(event.id)?.status === "SUCCEEDED")
            model.deployment.states.forget(event.id);
        });
        return;
      }
      counts.refusedDeliveries += 1;
      await agenda.sleep(pause * random.between(0.9, 1.1));
    }
  }

  /** The page to which the student returns, as the client asks. */
  async function look(session: Session): Promise<void> {
    const { agenda, random, deployment } = model;
    const [userId, since] = [session.client_reference_id ?? "", agenda.now()];
    counts.looking += 1;
    await agenda.sleep(drawLatency(DELIVERY, random));
    for (let attempt = 0; agenda.now() - since < LOOKS_FOR_MS; attempt += 1) {
      const answer = await throughGateway(model, "followRequests", () =>
        deployment.callApi("GET", `/api/checkout/session/${session.id}`, userId),
      );
      if ((answer?.body as Partial<CheckoutStatusAnswer> | undefined)?.enrolled) {
        record(seen, agenda.now() - since);
        if (opensCheckouts) await readOn(model, userId, session.metadata?.["courseId"] ?? "");
        break;
      }
      await agenda.sleep(pauseBefore(attempt));
    }
    counts.looking -= 1;
    if (!paidAt.has(userId)) agenda.after(FORGOTTEN_AFTER_MS, () => forget(session));
  }

  /** A million of them would not fit. */
  function forget(session: Session): void {
    const { table, stripe } = model.deployment;
    const { userId = "", courseId = "" } = session.metadata ?? {};
    const items = [keys.student(userId), keys.purchase(userId, session.id)];
    for (const key of [...items, keys.openCheckout(userId, courseId), keys.enrollment(userId, courseId)])
      table.remove(key);
    stripe.forget(session);
    model.deployment.requests.length = 0;
  }

  return {
    counts,
    seen,
    begin,
    deliver(event: StripeEvent): void {
      // Delivered from here on, and listed for nobody.
      model.deployment.stripe.events.length = 0;
      void deliver(event);
    },
    noteWrite(before: Item | undefined, after: Item | undefined, isMade: boolean): void {
      if (!isMade || before || !String(after?.["SK"]).startsWith("ENROLLMENT#")) return;
      const userId = String(after?.["userId"]);
      const since = paidAt.get(userId);
      if (since === undefined) throw new Error(`${userId} is enrolled without having paid, or twice.`);
      paidAt.delete(userId);
      counts.enrolled += 1;
      onEnrolled(model.agenda.now() - since);
    },
    /** Those who have paid and are not enrolled, by their ids. */
    waiting: () => [...paidAt.keys()],
    /** Everybody is enrolled and has gone. */
    isOver: () => counts.enrolled === purchases && counts.looking === 0,
  };
}
