/** A handful of deliveries, crashes, redrives, decisions and sweeps, each of which may come at any moment. */
import { RedriveExecutionCommand } from "@aws-sdk/client-sfn";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import type { WantedDecision } from "#workflow/decide/decide.ts";
import { storedSince } from "../check/counted-as-done.ts";
import type { DeliveryAtStripe } from "../check/final-stores.ts";
import { deploy } from "../simulation/deployment.ts";
import { decideAs } from "../simulation/operator.ts";
import type { Parts } from "../simulation/parts.ts";
import { DEAD_LETTER_QUEUE, OVERFLOW_QUEUE } from "../simulation/queues.ts";
import { createRandom } from "../simulation/random.ts";
import type { Session, StripeEvent } from "../simulation/stripe.ts";
import { createChoices, type Exit } from "./choices.ts";

export interface Scenario {
  name: string;
  parts: Parts;
  /** Two deliveries carry one event, two events of one session, or two sessions for one course, by one student or two. */
  deliveries: "once" | "same event" | "twin events" | "two sessions" | "two students";
  /** All that the first delivery leads to has been done before anything else begins. */
  isEnrolledBefore?: boolean;
  /** The course is missing until somebody puts it back, at any moment. */
  courseMissing?: boolean;
  /** Each is carried out by an operator of its own, about the first session. */
  decisions?: Pick<WantedDecision, "kind" | "to">[];
  sweeps?: number;
  crashes: number;
  redrives: number;
}

export const RECEIVER = "user-grace";
/** Of a sweep: what it asks of nobody whom the others change. */
const ASIDE = /^sweep: (stripe|states|secrets)/;

export function startScenario(scenario: Scenario) {
  const { parts, deliveries: kind, courseMissing = false, decisions = [], crashes } = scenario;
  const choices = createChoices(crashes);
  const { wait } = choices;
  const deliveries: (DeliveryAtStripe & { failedBefore: boolean; attemptsBefore: number })[] = [];
  const events: StripeEvent[] = [];
  let { redrives, sweeps = 0 } = scenario;
  let missing = courseMissing;

  const deployment = deploy(parts, choices.scheduler, createRandom(1), 0, (event) => events.push(event));
  const { table, stripe, states, processes } = deployment;

  for (const userId of [student.userId, RECEIVER]) table.put(studentItem({ ...student, userId }));
  if (!courseMissing) table.put(courseItem(paidCourse));
  const subject = pay(student.userId);
  if (kind === "two sessions") pay(student.userId);
  if (kind === "two students") pay(RECEIVER);
  if (kind === "twin events" && events[0]) stripe.emitTwin(events[0]);
  void deliverUntilAnswered(events[0]);

  function pay(userId: string): Session {
    const { courseId, unitAmount: amount, currency } = paidCourse;
    const session = stripe.createSession({
      reference: userId,
      metadata: { userId, courseId },
      amount,
      currency,
    });
    stripe.complete(session, "paid");
    return session;
  }

  async function deliverUntilAnswered(event: StripeEvent | undefined): Promise<void> {
    if (!event) return;
    for (;;) {
      await new Promise<void>((resolve) => wait(`Stripe delivers ${event.id}`, false, () => resolve()));
      const failedBefore = states.all().some(({ status }) => status === "FAILED");
      const past = { failedBefore, attemptsBefore: countAttempts() };
      const startedAt = choices.now();
      const delivery: (typeof deliveries)[number] = {
        eventId: event.id,
        startedAt,
        status: undefined,
        ...past,
      };
      deliveries.push(delivery);
      Object.assign(delivery, await deployment.deliverWebhook(event));
      if (delivery.status === 200) return;
    }
  }

  const countAttempts = () => states.all().reduce((sum, { redriveCount }) => sum + 1 + redriveCount, 0);

  function beginDecisions() {
    for (const [index, decision] of decisions.entries()) {
      const wanted = { ...decision, reason: "asked for", by: `operator-${index}` };
      wait(`operator ${index} decides: ${decision.kind}`, false, () => {
        void processes.start(`operator ${index}`, (process) =>
          decideAs(subject, wanted, deployment, process),
        );
      });
    }
  }

  /** All that decides what can still happen and what the checker will say; the time of day does neither. */
  function describe(): string {
    const decidedAt = table.stream.find(({ after }) => after?.["decision"])?.at ?? Infinity;
    const executions = states.all();
    const courses = executions.map((execution) => {
      const { name, status, state, redriveCount, history } = execution;
      const tries = history.slice(history.findLastIndex(({ kind: what }) => what === "entered")).length;
      const late = history.filter(({ kind: what, at }) => what === "task" && at > decidedAt);
      return { name, status, state, redriveCount, tries, late: late.map(({ detail }) => detail) };
    });
    const since = storedSince({ executions, overflowEver: deployment.queues.allMessages(OVERFLOW_QUEUE) });
    const owed = deliveries.map(
      ({ eventId, status, answeredAt = Infinity, failedBefore, attemptsBefore }) => {
        const isLate = (since.get(eventId) ?? Infinity) > answeredAt;
        return [eventId, status, isLate, failedBefore && attemptsBefore === countAttempts()].join(" ");
      },
    );
    const stored = [table.allItems(), deployment.queues.messages(DEAD_LETTER_QUEUE).map(({ body }) => body)];
    const next = listExits().map(({ label }) => label);
    const left = [redrives, sweeps, missing];
    const all = JSON.stringify([courses, owed.sort(), stored, choices.describe(), next.sort(), left]);
    return all.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "then");
  }

  function listExits(): Exit[] {
    const failed = redrives > 0 ? states.all().filter(({ status }) => status === "FAILED") : [];
    const redriveExits = failed.map(
      ({ name }): Exit => ({ label: `operator redrives ${name}`, take: () => redrive(name) }),
    );
    const mend = { label: "operator puts the course back", take: putCourseBack };
    const sweepExit = { label: "the sweep begins", take: beginSweep };
    return [
      ...choices.listExits(),
      ...redriveExits,
      ...(missing ? [mend] : []),
      ...(sweeps > 0 ? [sweepExit] : []),
    ];
  }

  function redrive(name: string) {
    redrives -= 1;
    states.handle(new RedriveExecutionCommand({ executionArn: `arn:x:${name}` }));
  }

  function beginSweep() {
    sweeps -= 1;
    void startSweep();
  }

  const startSweep = () =>
    processes.start("sweep", (process) => parts.createReconcile(deployment.portsFor(process))(), {
      mortal: false,
    });

  function putCourseBack() {
    missing = false;
    table.put(courseItem(paidCourse));
  }

  async function settle(): Promise<void> {
    do {
      do await new Promise((resolve) => setImmediate(resolve));
      while (processes.isAnyBusy());
      const gap = processes.findGap();
      if (gap) throw gap;
    } while (choices.takeFirst((label) => ASIDE.test(label)));
  }

  async function comeToRest(): Promise<void> {
    do await settle();
    while (choices.takeFirst());
  }

  return {
    deployment,
    deliveries,
    now: choices.now,
    countExits: () => listExits().length,
    async begin(): Promise<void> {
      if (scenario.isEnrolledBefore) await comeToRest();
      if (kind !== "once") void deliverUntilAnswered(events[1] ?? events[0]);
      beginDecisions();
      await settle();
    },
    /** @returns what was done */
    async take(index: number): Promise<string> {
      const exit = listExits()[index];
      if (!exit)
        throw new Error("The same turns led to another place: something is not decided by the scheduler.");
      choices.pass();
      exit.take();
      await settle();
      return exit.label;
    },
    /** What a crash has left of a decision is for the next sweep, an hour later, when nothing else goes on. */
    async conclude(): Promise<void> {
      if (decisions.length === 0) return;
      for (let minutes = 0; minutes < 60 * 60; minutes += 1) choices.pass();
      void startSweep();
      await comeToRest();
    },
    describe,
  };
}
