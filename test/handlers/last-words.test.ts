import type { Context, SQSEvent } from "aws-lambda";
import { expect, onTestFinished, test, vi } from "vitest";
import { inTime } from "#handlers/adapters/in-time.ts";
import { LAST_WORDS_MS, LONGEST_ANSWER_MS, longestOf, PATIENCE } from "#handlers/adapters/patience.ts";
import { createApi } from "#handlers/api.ts";
import type { ApiPorts } from "#handlers/api-composition.ts";
import type { OverflowQueuePorts, StepPorts } from "#handlers/composition.ts";
import { createOverflowQueueConsumer } from "#handlers/overflow-queue.ts";
import { createReconcile } from "#handlers/reconcile.ts";
import { createSteps } from "#handlers/steps.ts";
import { gatewayEvent } from "#test/support/gateway-events.ts";
import { createInMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import type { Course } from "#workflow/model.ts";
import type { SweepPorts } from "#workflow/reconcile/sweep.ts";

/** However slow the answers are, each of them in time: together they leave a function nothing. */
const never = () => new Promise<never>(() => undefined);
const lasting = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds }) as Context;

test("a step whose time runs out says so by a name that is retried, and notes it", async () => {
  const stores = createInMemoryStores({ courses: [paidCourse], students: [student] });
  const noteFailure = vi.fn(stores.noteFailure);
  const ports = { purchases: { ...stores, noteFailure }, courses: { findCourse: never }, students: stores };
  const steps = createSteps({ ...ports, now: () => new Date() } as unknown as StepPorts);
  const time = longestOf(PATIENCE.request) + LAST_WORDS_MS + 10;
  const input = { event: paymentEvent(), executionName: "evt_1" };
  const ended = steps.validateSession(input, lasting(time));
  await expect(inTime(ended, time, "Lambda, which cuts off")).rejects.toMatchObject({
    name: "RetryableError",
    message: "TimeoutError of a step: trying again may help",
  });
  expect(noteFailure).toHaveBeenCalledOnce();
});

test("the overflow queue's consumer gives back what it has no time for", async () => {
  const consume = createOverflowQueueConsumer({
    executions: { startExecution: never },
  } as unknown as OverflowQueuePorts);
  const Records = [{ messageId: "m-1", body: JSON.stringify(paymentEvent()) }];
  const answer = await consume({ Records } as SQSEvent, lasting(LAST_WORDS_MS + 10));
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
});

test("a sweep whose time runs out ends by a name of its own", async () => {
  const sweep = createReconcile({
    sweeps: { findSweep: never },
    now: () => new Date(),
  } as unknown as SweepPorts);
  await expect(sweep({}, lasting(LAST_WORDS_MS + 10))).rejects.toMatchObject({ name: "TimeoutError" });
});

test("a request that takes too long is answered all the same, once", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  let answerLate: (course: Course) => void = () => undefined;
  const findCourse = vi.fn(() => new Promise<Course>((resolve) => (answerLate = resolve)));
  const api = createApi({ courses: { findCourse }, now: () => new Date() } as unknown as ApiPorts);
  const answered = api(gatewayEvent({ path: "/api/courses/TEST-COURSE-003" }), {} as Context);
  while (findCourse.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
  vi.advanceTimersByTime(LONGEST_ANSWER_MS);
  const error = expect.stringContaining("internal_error") as string;
  expect(await answered).toMatchObject({ statusCode: 500, body: error });
  answerLate(paidCourse);
  await new Promise((resolve) => setImmediate(resolve));
});
