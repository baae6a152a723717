import { expect, test } from "vitest";
import { type CountedMetric, metricsChannel } from "#handlers/metrics-channel.ts";
import { countMetric, reportUnreadable } from "#handlers/telemetry.ts";
import { UnreadableRecord } from "#workflow/unreadable-record.ts";
import { useMetrics } from "./use-metrics.ts";

const counted = useMetrics();
const HOUR_MS = 3_600_000;

test("a bad record that is read over and over is counted once an hour, and hides no other", () => {
  const [one, other] = ["COURSE#1", "COURSE#2"].map((key) => new UnreadableRecord(key, "unreadable"));
  if (!one || !other) throw new Error("there are two");
  for (const now of [0, 1, HOUR_MS - 1]) reportUnreadable(one, now);
  expect(counted()).toEqual(["UnreadableRecord"]);
  reportUnreadable(other, HOUR_MS - 1);
  reportUnreadable(one, HOUR_MS);
  expect(counted()).toEqual(["UnreadableRecord", "UnreadableRecord", "UnreadableRecord"]);
});

test("whoever runs the handlers in a process of its own hears what they count", () => {
  const heard: CountedMetric[] = [];
  const listen = (message: unknown) => heard.push(message as CountedMetric);
  metricsChannel.subscribe(listen);
  countMetric("PaidNotEnrolled", 2);
  metricsChannel.unsubscribe(listen);
  expect(heard).toEqual([{ name: "PaidNotEnrolled", count: 2 }]);
});
