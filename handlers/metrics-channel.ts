/** Where whoever runs the handlers in a process of its own hears what they count: one machine has no CloudWatch. */
import { channel } from "node:diagnostics_channel";
import type { BusinessMetric } from "./telemetry.ts";

export interface CountedMetric {
  name: BusinessMetric;
  count: number;
}

/** Of CountedMetric. Whoever listens must not load the handlers before their environment is set, so this loads none. */
export const metricsChannel = channel("bursar:metrics");
