/** All that happens on a game day, in its order. */
import { createDrills } from "./drills.ts";
import type { Drill, Scenario } from "./game-day.ts";
import { createPurchaseDrills } from "./purchase-drills.ts";
import { createQuietScenarios } from "./quiet-scenarios.ts";
import { createReleaseDrill } from "./release-drill.ts";
import { createScenarios } from "./scenarios.ts";
import type { Tools } from "./tools.ts";

export const createHappenings = (tools: Tools): (Scenario | Drill)[] => [
  ...createScenarios(tools),
  ...createPurchaseDrills(tools),
  ...createDrills(tools),
  createReleaseDrill(tools),
  ...createQuietScenarios(tools),
];
