import { expect, test } from "vitest";
import { DEFAULT_THROTTLE, THROTTLES } from "#infra/deployment/throttles.ts";
import { createThrottle } from "#infra/local/http-api/throttle.ts";

const enroll = { method: "POST", path: "/api/enrollments", access: "student" } as const;
const list = { method: "GET", path: "/api/courses", access: "anyone" } as const;
const { rate = 0, burst = 0 } = THROTTLES["POST /api/enrollments"] ?? {};

test("a route lets its burst through, then its rate, and takes nothing from the others", () => {
  let now = 0;
  const letsThrough = createThrottle(() => now);
  const countOf = (route: typeof enroll | typeof list, requests: number) =>
    Array.from({ length: requests }, () => letsThrough(route)).filter(Boolean).length;

  expect(countOf(enroll, 1000)).toBe(burst);
  expect(countOf(list, 1000)).toBe(DEFAULT_THROTTLE.burst);
  now += 1000;
  expect(countOf(enroll, 1000)).toBe(rate);
  now += 3_600_000;
  expect(countOf(enroll, 1000)).toBe(burst);
});
