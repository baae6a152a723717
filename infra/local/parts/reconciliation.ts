/** The hourly look for what was paid and not delivered. */

import { TIMEOUT_SECONDS } from "#infra/deployment/timeouts.ts";
import type { DeployedFunctions } from "../deployed-functions.ts";
import { type Schedule, startSchedule } from "../schedule.ts";
import type { StackOptions } from "../stack-options.ts";
import type { Part } from "./part.ts";

const HOUR_MS = 60 * 60 * 1000;

/** As Lambda tries again what a schedule has invoked. */
const RETRY_AFTER_MS = [60_000, 120_000];

/** What one had no time for. */
const GO_ON_MS = TIMEOUT_SECONDS.reconcile * 1000;

export const reconciliation = (
  { timesFaster = 1 }: StackOptions,
  { reconcile }: DeployedFunctions,
): Part<Schedule> => ({
  async start() {
    const everyHour = startSchedule(
      { everyMs: HOUR_MS / timesFaster, retryAfterMs: RETRY_AFTER_MS.map((ms) => ms / timesFaster) },
      reconcile,
    );
    const goOn = startSchedule({ everyMs: GO_ON_MS / timesFaster }, () => reconcile({ goOn: true }));
    return { close: async () => void (await Promise.all([everyHour.close(), goOn.close()])) };
  },
});
