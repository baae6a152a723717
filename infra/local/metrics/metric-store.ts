/** What was measured in the last hours, in memory: the place of CloudWatch on one machine. */
import { type MetricName, statisticOf } from "#infra/deployment/metrics.ts";
import type { Measured } from "#infra/operate/alarms/evaluate-alarm.ts";

export interface MetricStore extends Measured {
  record(metric: MetricName, value?: number): void;
}

/** Longer than any alarm looks back. */
const KEPT_MS = 4 * 60 * 60 * 1000;
/** What happens so close together is kept as one: a busy hour must not fill the memory. */
const GRAIN_MS = 50;

interface Point {
  at: number;
  sum: number;
  maximum: number;
}

/** @param isMeasured false for what nobody here will ever record */
export function createMetricStore(isMeasured: (metric: MetricName) => boolean): MetricStore {
  const series = new Map<MetricName, Point[]>();

  return {
    since: Date.now(),

    record(metric, value = 1) {
      const now = Date.now();
      const points = series.get(metric) ?? [];
      series.set(metric, points);
      const last = points.at(-1);
      if (last && now - last.at < GRAIN_MS) {
        last.sum += value;
        last.maximum = Math.max(last.maximum, value);
        return;
      }
      points.push({ at: now, sum: value, maximum: value });
      const old = points.findIndex(({ at }) => at >= now - KEPT_MS);
      if (old > 0) points.splice(0, old);
    },

    read(metric, from, to) {
      if (!isMeasured(metric)) return undefined;
      const points = (series.get(metric) ?? []).filter(({ at }) => at > from && at <= to);
      return statisticOf(metric) === "Maximum"
        ? Math.max(0, ...points.map(({ maximum }) => maximum))
        : points.reduce((total, { sum }) => total + sum, 0);
    },
  };
}
