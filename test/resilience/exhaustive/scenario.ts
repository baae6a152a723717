/** Two deliveries, one crash, one redrive: what waits, what may come next, and what tells two states apart. */
import { RedriveExecutionCommand } from "@aws-sdk/client-sfn";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import type { Delivery } from "../simulation/deliveries.ts";
import { deploy } from "../simulation/deployment.ts";
import type { Outcome } from "../simulation/faults.ts";
import type { Parts } from "../simulation/parts.ts";
import type { Call, Scheduler } from "../simulation/process.ts";
import { DEAD_LETTER_QUEUE } from "../simulation/queues.ts";
import { createRandom } from "../simulation/random.ts";
import type { StripeEvent } from "../simulation/stripe.ts";

export interface Scenario {
  name: string;
  parts: Parts;
  /** The two deliveries carry one event, two events of one session, or two sessions for one course. */
  deliveries: "same event" | "twin events" | "two sessions";
  /** The course is missing until somebody puts it back, at any moment. */
  courseMissing: boolean;
  crashes: number;
  redrives: number;
}

interface Waiting {
  label: string;
  /** Present for a call: a process may end there. */
  mortal: boolean;
  perform(outcome: Outcome): void;
}

interface Exit {
  label: string;
  take(): void;
}

export function startScenario({ parts, deliveries: kind, courseMissing, ...budget }: Scenario) {
  const waiting: Waiting[] = [];
  /** What each process that still runs has heard. */
  const heard = new Map<number, string[]>();
  const deliveries: (Delivery & { failedBefore: boolean; attemptsBefore: number })[] = [];
  const events: StripeEvent[] = [];
  let now = Date.parse("2026-11-23T12:00:00.000Z");
  let { crashes, redrives } = budget;
  let missing = courseMissing;

  const wait = (label: string, mortal: boolean, perform: Waiting["perform"]) => {
    waiting.push({ label, mortal, perform });
  };
  const agenda = {
    now: () => now,
    after: (delayMs: number, work: () => void) => {
      // What a day takes, a session's end, is not part of the scenario.
      if (delayMs < 60_000 * 60) wait("pause", false, work);
    },
    sleep: (_delayMs: number) => new Promise<void>((resolve) => wait("pause", false, () => resolve())),
  };
  const scheduler: Scheduler = {
    agenda,
    arrange: (call: Call, perform) =>
      wait(`${call.process}: ${call.service} ${call.operation}`, call.mortal, perform),
    lateness: () => 0,
    pauseBetweenAttempts: () => 0,
    patience: () => new Promise(() => undefined),
    notice(processNumber, said) {
      if (said === undefined) heard.delete(processNumber);
      else heard.set(processNumber, [...(heard.get(processNumber) ?? []), said]);
    },
  };
  const deployment = deploy(parts, scheduler, createRandom(1), 0, (event) => events.push(event));
  const { table, stripe, states, processes } = deployment;

  table.put(studentItem(student));
  if (!courseMissing) table.put(courseItem(paidCourse));
  pay();
  if (kind === "two sessions") pay();
  if (kind === "twin events" && events[0]) stripe.emitTwin(events[0]);
  for (const index of [0, 1]) void deliverUntilAnswered(events[index] ?? events[0]);

  function pay() {
    const { userId } = student;
    const { courseId, unitAmount: amount, currency } = paidCourse;
    const metadata = { userId, courseId };
    stripe.complete(stripe.createSession({ reference: userId, metadata, amount, currency }), "paid");
  }

  async function deliverUntilAnswered(event: StripeEvent | undefined): Promise<void> {
    if (!event) return;
    for (;;) {
      await new Promise<void>((resolve) => wait(`Stripe delivers ${event.id}`, false, () => resolve()));
      const failedBefore = states.all().some(({ status }) => status === "FAILED");
      const past = { failedBefore, attemptsBefore: countAttempts() };
      const delivery = {
        eventId: event.id,
        startedAt: now,
        status: undefined as number | undefined,
        ...past,
      };
      deliveries.push(delivery);
      delivery.status = await deployment.deliverWebhook(event);
      if (delivery.status === 200) return;
    }
  }

  const countAttempts = () => states.all().reduce((sum, { redriveCount }) => sum + 1 + redriveCount, 0);

  /** All that decides what can still happen and what the checker will say; the time of day does neither. */
  function describe(): string {
    const executions = states.all().map((execution) => {
      const { name, status, state, redriveCount, history } = execution;
      const tries = history.slice(history.findLastIndex(({ kind }) => kind === "entered")).length;
      return { name, status, state, redriveCount, tries };
    });
    const owed = deliveries.map(({ eventId, status, failedBefore, attemptsBefore }) =>
      [eventId, status, failedBefore && attemptsBefore === countAttempts()].join(" "),
    );
    const stored = [table.allItems(), deployment.queues.messages(DEAD_LETTER_QUEUE).map(({ body }) => body)];
    const processes = [...heard.values()].map((said) => said.join()).sort();
    const next = listExits().map(({ label }) => label);
    const all = JSON.stringify([
      executions,
      owed.sort(),
      stored,
      processes,
      next.sort(),
      crashes,
      redrives,
      missing,
    ]);
    return all.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "then");
  }

  function listExits(): Exit[] {
    const exits = waiting.flatMap((entry): Exit[] => {
      const take = (outcome: Outcome, label: string): Exit => ({
        label,
        take() {
          waiting.splice(waiting.indexOf(entry), 1);
          if (outcome !== "answered") crashes -= 1;
          entry.perform(outcome);
        },
      });
      const stops = (["stopped-before", "stopped-after"] as const).map((outcome) =>
        take(outcome, `${entry.label} ${outcome}`),
      );
      return [take("answered", entry.label), ...(entry.mortal && crashes > 0 ? stops : [])];
    });
    const failed = redrives > 0 ? states.all().filter(({ status }) => status === "FAILED") : [];
    const redriveExits = failed.map(
      ({ name }): Exit => ({ label: `operator redrives ${name}`, take: () => redrive(name) }),
    );
    const mend = { label: "operator puts the course back", take: putCourseBack };
    return [...exits, ...redriveExits, ...(missing ? [mend] : [])];
  }

  function redrive(name: string) {
    redrives -= 1;
    states.handle(new RedriveExecutionCommand({ executionArn: `arn:x:${name}` }));
  }

  function putCourseBack() {
    missing = false;
    table.put(courseItem(paidCourse));
  }

  return {
    deployment,
    deliveries,
    now: () => now,
    countExits: () => listExits().length,
    /** @returns what was done */
    take(index: number): string {
      const exit = listExits()[index];
      if (!exit)
        throw new Error("The same turns led to another place: something is not decided by the scheduler.");
      now += 1_000;
      exit.take();
      return exit.label;
    },
    async settle() {
      do await new Promise((resolve) => setImmediate(resolve));
      while (processes.isAnyBusy());
      const gap = processes.findGap();
      if (gap) throw gap;
    },
    describe,
  };
}
