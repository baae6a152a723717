/** What is explored in full: two deliveries, one crash and one redrive, of everything that two deliveries can be. */
import { readShippedParts } from "../simulation/parts.ts";
import type { Scenario } from "./scenario.ts";

export function readScenarios(): Scenario[] {
  const common = { parts: readShippedParts(), crashes: 1, redrives: 1 };
  return [
    { ...common, name: "one event, delivered twice", deliveries: "same event", courseMissing: false },
    {
      ...common,
      name: "one event twice; the course is missing, then mended",
      deliveries: "same event",
      courseMissing: true,
    },
    { ...common, name: "two sessions paid for one course", deliveries: "two sessions", courseMissing: false },
  ];
}
