/** The business metrics that a handler has counted. */
import { Metrics } from "@aws-lambda-powertools/metrics";
import { afterEach, beforeEach, vi } from "vitest";

/** @returns the names counted in this test so far, one per count */
export function useMetrics(): () => string[] {
  const spy = () => vi.spyOn(Metrics.prototype, "addMetric");
  beforeEach(() => {
    spy().mockClear();
  });
  afterEach(() => {
    spy().mockRestore();
  });
  return () => spy().mock.calls.flatMap(([name, , count]) => Array.from({ length: count }, () => name));
}
