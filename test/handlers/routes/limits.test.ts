import { expect, test, vi } from "vitest";
import { useMetrics } from "#test/handlers/use-metrics.ts";
import { claimsOf } from "#test/support/gateway-events.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { LIMITS } from "#workflow/limits.ts";
import { useApi } from "../use-api.ts";

const api = useApi();
const metrics = useMetrics();

const enroll = () => api.asAda("POST", "/api/enrollments", JSON.stringify({ courseId: paidCourse.courseId }));

async function statusesOf(times: number, ask: () => Promise<{ status: number | undefined }>) {
  const statuses: (number | undefined)[] = [];
  for (let time = 0; time < times; time += 1) statuses.push((await ask()).status);
  return statuses;
}

test("a student who opens checkouts in a loop is told to wait, with how long, and it is counted", async () => {
  expect(new Set(await statusesOf(LIMITS.checkouts.most, enroll))).toEqual(new Set([201]));
  const limited = await enroll();
  expect(limited).toMatchObject({
    status: 429,
    retryAfter: "60",
    body: {
      error: {
        code: "too_many_requests",
        message: "You have asked very often in a short time. Wait 60 seconds, then try again.",
        requestId: "request-1",
      },
    },
  });
  expect(metrics()).toEqual(["RequestsLimited"]);
  api.time += 60_000;
  expect((await enroll()).status).toBe(201);
});

test("made-up checkout sessions are asked of Stripe as often as may be, and not once more", async () => {
  const findCheckout = vi.spyOn(api.payments, "findCheckout");
  let id = 0;
  const poll = () => api.asAda("GET", `/api/checkout/session/cs_test_made_up_${id++}`);
  const { most } = LIMITS.lookUps;
  const statuses = await statusesOf(most + 20, poll);
  expect(statuses).toEqual([
    ...Array.from({ length: most }, () => 404),
    ...Array.from({ length: 20 }, () => 429),
  ]);
  expect(findCheckout).toHaveBeenCalledTimes(most);
});

test("the student's own purchase may be followed as often as a page likes", async () => {
  const { body } = await enroll();
  const own = `/api/checkout/session/${String(body["checkoutSessionId"])}`;
  expect(new Set(await statusesOf(300, () => api.asAda("GET", own)))).toEqual(new Set([200]));
});

test("another student is served beside one who loops", async () => {
  const asEve = () =>
    api.request("GET", "/api/checkout/session/cs_test_made_up", { claims: claimsOf("user-eve") });
  expect((await statusesOf(200, asEve)).at(-1)).toBe(429);
  expect((await api.asAda("GET", "/api/checkout/session/cs_test_made_up")).status).toBe(404);
});
