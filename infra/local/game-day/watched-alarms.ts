/** The alarms of a game day: quiet before, and gone off afterwards. */
import type { AlarmId } from "#infra/deployment/alarms.ts";
import type { AlarmWatch } from "#infra/operate/alarms/alarm-watch.ts";
import { waitFor } from "./wait-for.ts";

export interface WatchedAlarms {
  watch: AlarmWatch;
  /** How long a step may take. */
  patienceMs: number;
}

const find = (alarm: AlarmId, { watch }: WatchedAlarms) =>
  watch.listAlarms().find(({ alarmId }) => alarmId === alarm);

export const isQuiet = (alarm: AlarmId, watched: WatchedAlarms) => find(alarm, watched)?.state === "OK";

/** An alarm that is still on from before would be no sign of what is broken now. */
export async function waitUntilQuiet(alarms: AlarmId[], watched: WatchedAlarms): Promise<void> {
  for (const alarm of alarms) {
    await waitFor(`the alarm ${alarm} to be OK`, watched.patienceMs, async () =>
      isQuiet(alarm, watched) ? true : undefined,
    );
  }
}

/** Gone off is also what is over again by now. @param since milliseconds since 1970 */
export async function waitForAlarms(
  alarms: AlarmId[],
  since: number,
  watched: WatchedAlarms,
): Promise<string> {
  for (const alarm of alarms) {
    await waitFor(`the alarm ${alarm}`, watched.patienceMs, async () =>
      find(alarm, watched)?.history.find(({ at, state }) => state === "ALARM" && Date.parse(at) >= since),
    );
  }
  return alarms.join(", ");
}
