/** The hourly look for what was paid and not delivered. */
import type { DeployedFunctions } from "../deployed-functions.ts";
import { type Schedule, startSchedule } from "../schedule.ts";
import type { Part } from "./part.ts";

const HOUR_MS = 60 * 60 * 1000;

export const reconciliation = ({ reconcile }: DeployedFunctions): Part<Schedule> => ({
  start: async () => startSchedule(HOUR_MS, reconcile),
});
