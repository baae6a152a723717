import { afterEach, beforeEach, expect, test } from "vitest";
import { metricsChannel } from "#handlers/metrics-channel.ts";
import type { MetricName } from "#infra/deployment/metrics.ts";
import { type MeasuredStack, measureStack } from "#infra/local/metrics/measured-stack.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";

let measured: MeasuredStack;

beforeEach(() => {
  measured = measureStack({ awsUrl: "http://localhost:1", accessKey: TEST_ACCESS_KEY }, ["api"]);
});

afterEach(() => {
  measured.close();
});

const read = (metric: MetricName) => measured.read(metric, 0, Date.now());

test("what handlers count is heard, with how many", () => {
  metricsChannel.publish({ name: "PaidNotEnrolled", count: 3 });
  metricsChannel.publish({ name: "PaidNotEnrolled", count: 2 });
  expect(read("counted:PaidNotEnrolled")).toBe(5);
});

test("answers are counted as the filters over the access log find them", () => {
  measured.recordAnswer({ access: "stripe", status: 500 });
  measured.recordAnswer({ access: "stripe", status: 429 });
  measured.recordAnswer({ access: "student", status: 503 });
  measured.recordAnswer({ access: "anyone", status: 504 });
  measured.recordAnswer({ access: "student", status: 429 });
  measured.recordAnswer({ access: undefined, status: 404 });
  expect(read("answers:webhook5xx")).toBe(1);
  expect(read("answers:api5xx")).toBe(2);
  expect(read("answers:tooManyRequests")).toBe(2);
});

test("of depths the largest is kept, of counts the sum", () => {
  for (const depth of [1, 4, 2]) measured.record("visible:deadLetterQueue", depth);
  for (const _ of [1, 2, 3]) measured.record("lettersSent");
  expect(read("visible:deadLetterQueue")).toBe(4);
  expect(read("lettersSent")).toBe(3);
});

test("of functions that do not run here nothing is known, which is not the same as nothing", () => {
  expect(read("errors:api")).toBe(0);
  expect(read("errors:preToken")).toBeUndefined();
});
