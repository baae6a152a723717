import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { pauseBefore } from "#client/question-pauses.ts";
import { keepSession } from "#client/session.ts";
import { usePurchase } from "#client/use-purchase.ts";
import type { Stage } from "#workflow/contract.ts";
import { ada, purchaseAt, refuse, serveApi } from "./student-site.tsx";

const ADDRESS = "GET /api/checkout/session/cs_1";

beforeEach(() => {
  keepSession(ada);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

/** Serves one stage after another, the last one for ever. */
function serveStages(...stages: Stage[]) {
  return serveApi({
    [ADDRESS]: () => purchaseAt((stages.length > 1 ? stages.shift() : stages[0]) ?? "paid"),
  });
}

const follow = (stage?: Stage) =>
  renderHook(() => usePurchase("cs_1", stage ? { purchase: purchaseAt(stage) } : {})).result;

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

test("it asks until the student is enrolled, and then no more", async () => {
  const { calls } = serveStages("processing", "paid", "enrolled");
  const followed = follow("open");
  await pass(1000);
  expect(followed.current.purchase?.stage).toBe("processing");
  await pass(1000);
  expect(followed.current.purchase?.stage).toBe("paid");
  await pass(1000);
  expect(followed.current.purchase?.stage).toBe("enrolled");
  await pass(600_000);
  expect(calls.filter((call) => call === ADDRESS)).toHaveLength(3);
});

test("time alone never makes a purchase enrolled", async () => {
  serveStages("paid");
  const followed = follow("paid");
  await pass(3_600_000);
  expect(followed.current.purchase?.stage).toBe("paid");
});

test("it asks each second for 15 seconds; then the pauses grow while nothing changes, up to a limit", async () => {
  const { calls } = serveStages("paid");
  follow("paid");
  for (let second = 1; second <= 15; second++) {
    await pass(1000);
    expect(calls).toHaveLength(second);
  }
  await pass(1000);
  expect(calls).toHaveLength(15);
  await pass(500);
  expect(calls).toHaveLength(16);
  expect([14, 15, 16, 50].map(pauseBefore)).toEqual([1000, 1500, 2250, 15_000]);
});

test.each(["expired", "withdrawn", "refunded"] as const)(
  "what is %s is not asked about again",
  async (stage) => {
    const { calls } = serveStages(stage);
    follow(stage);
    await pass(600_000);
    expect(calls).toEqual([]);
  },
);

test("a payment that needs attention is still followed, since it can be mended", async () => {
  serveStages("needs_attention", "enrolled");
  const followed = follow("needs_attention");
  await pass(1000);
  await pass(1500);
  expect(followed.current.purchase?.stage).toBe("enrolled");
});

test("without a network it keeps what it knows, says so and goes on asking", async () => {
  let isDown = true;
  serveApi({ [ADDRESS]: () => (isDown ? undefined : purchaseAt("enrolled")) });
  const followed = follow("paid");
  await pass(1000);
  expect(followed.current.purchase?.stage).toBe("paid");
  expect(followed.current.problem?.code).toBe("unreachable");
  isDown = false;
  await pass(1500);
  expect(followed.current.purchase?.stage).toBe("enrolled");
  expect(followed.current.problem).toBeUndefined();
});

test("the student can ask at once instead of waiting", async () => {
  const { calls } = serveStages("paid");
  const followed = follow("paid");
  await act(async () => followed.current.checkNow());
  expect(calls).toHaveLength(1);
});

test("it asks at once when the network is back", async () => {
  const { calls } = serveStages("paid");
  follow("paid");
  await act(async () => window.dispatchEvent(new Event("online")));
  expect(calls).toHaveLength(1);
});

test("asking ends when the page is left", async () => {
  const { calls } = serveStages("paid");
  const { unmount } = renderHook(() => usePurchase("cs_1", { purchase: purchaseAt("paid") }));
  unmount();
  await pass(600_000);
  expect(calls).toEqual([]);
});

test.each([401, 404])("an answer of %i ends the asking", async (status) => {
  const { calls } = serveApi({ [ADDRESS]: () => refuse(status, "refused", "No.") });
  const followed = follow("paid");
  await pass(600_000);
  expect(followed.current.problem?.status).toBe(status);
  expect(calls).toHaveLength(1);
});

test("who was told to wait is not asked for again before, whatever the page is woken by", async () => {
  const error = { code: "too_many_requests", message: "Wait 40 seconds.", requestId: "request-1" };
  let isLimited = true;
  const { calls } = serveApi({
    [ADDRESS]: () =>
      isLimited
        ? Response.json({ error }, { status: 429, headers: { "retry-after": "40" } })
        : purchaseAt("enrolled"),
  });
  const followed = follow("paid");
  await pass(1000);
  expect(followed.current.purchase?.stage).toBe("paid");
  isLimited = false;
  window.dispatchEvent(new Event("online"));
  await pass(39_000);
  expect(calls.filter((call) => call === ADDRESS)).toHaveLength(1);
  await pass(1000);
  expect(followed.current.purchase?.stage).toBe("enrolled");
});
