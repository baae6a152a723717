import { expect, test, vi } from "vitest";
import { createPlaces } from "#infra/local/aws/step-functions/places.ts";
import { createGate, failing, startExecution, startTestEndpoint, succeeding } from "./endpoint-fixture.ts";

test("who finds no place gets the next that becomes free, in the order of coming", async () => {
  const places = createPlaces({ count: 1 });
  const leaveFirst = await places.enterSoon();
  const came: string[] = [];
  const second = places.enterSoon().then((leave) => (came.push("second"), leave));
  const third = places.enter().then((leave) => (came.push("third"), leave));
  leaveFirst();
  const leaveSecond = await second;
  expect(came).toEqual(["second"]);
  leaveSecond();
  await third;
  expect(came).toEqual(["second", "third"]);
});

test("a place that is given back twice is one place", async () => {
  const places = createPlaces({ count: 1, patienceMs: 1 });
  const leave = await places.enterSoon();
  leave();
  leave();
  await places.enterSoon();
  await expect(places.enterSoon()).rejects.toThrow("Rate exceeded");
});

test("who waits for too long is throttled, and gets no place behind its back", async () => {
  const places = createPlaces({ count: 1, patienceMs: 1 });
  const leave = await places.enterSoon();
  await expect(places.enterSoon()).rejects.toMatchObject({ name: "ThrottlingException", status: 400 });
  leave();
  await expect(places.enterSoon()).resolves.toBeTypeOf("function");
});

test("what hangs keeps its place for a while only", async () => {
  const places = createPlaces({ count: 1, longestHeldMs: 1 });
  await places.enterSoon();
  await expect(places.enter()).resolves.toBeTypeOf("function");
});

/** More than there are places. */
const MANY = Array.from({ length: 60 }, (_, index) => `evt_${index}`);

test("executions that pause before their next attempt keep nobody from starting", async () => {
  const validateSession = vi.fn(failing("RetryableError"));
  const { sfn } = await startTestEndpoint({ validateSession });
  for (const name of MANY) await startExecution(sfn, name);
  await expect.poll(() => validateSession.mock.calls.length).toBeGreaterThanOrEqual(MANY.length);
});

test("of those that were under way at the end of an earlier run all go on, and no more at once than there are places", async () => {
  const first = await startTestEndpoint({ validateSession: failing("RetryableError") });
  for (const name of MANY) await startExecution(first.sfn, name);
  await first.close();
  const gate = createGate();
  const validateSession = vi.fn(async (payload: unknown) => {
    await gate.opened;
    return succeeding(payload);
  });
  const { resumeExecutions } = await startTestEndpoint({ dataDir: first.dataDir, validateSession });
  await expect(resumeExecutions()).resolves.toBe(MANY.length);
  await expect.poll(() => validateSession.mock.calls.length).toBeGreaterThan(10);
  expect(validateSession.mock.calls.length).toBeLessThan(MANY.length);
  gate.open();
  await expect.poll(() => validateSession.mock.calls.length, { timeout: 10_000 }).toBe(MANY.length);
});
