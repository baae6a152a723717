/** The alarms that the deployment has on AWS, evaluated against what this machine knows. */
import { Link } from "react-router";
import type { AlarmView } from "#infra/operate/console/contract.ts";
import { Away } from "../components/Away.tsx";
import { Loading } from "../components/Notice.tsx";
import { Page } from "../components/Page.tsx";
import { AlarmBadge } from "../components/Status.tsx";
import { useLive } from "../use-live.ts";
import { formatTime } from "../words.ts";

export function AlarmsPage() {
  const live = useLive<{ alarms: AlarmView[] }>("alarms", 2_000);
  const { data, error } = live;
  // Sorting is stable: within a state, the order is that of the table of alarms.
  const alarms = data?.alarms.toSorted((a, b) => a.state.localeCompare(b.state));
  return (
    <Page title="Alarms">
      <p className="-mt-2 max-w-prose text-muted">
        The same alarms with the same thresholds that go off on AWS, measured on this machine.
      </p>
      <Away live={live} />
      {!alarms && !error ? <Loading /> : null}
      <ul className="grid gap-3 md:grid-cols-2">
        {alarms?.map((alarm) => (
          <AlarmItem key={alarm.alarmId} alarm={alarm} />
        ))}
      </ul>
    </Page>
  );
}

function AlarmItem({ alarm: { alarmId, state, reason, meaning, runbook, history } }: { alarm: AlarmView }) {
  return (
    <li
      data-alarm={alarmId}
      className={`grid content-start gap-2 rounded-xl border bg-surface p-4 ${state === "ALARM" ? "border-bad" : "border-line"}`}
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-base">{alarmId}</h2>
        <AlarmBadge state={state} />
      </div>
      <p>{meaning}</p>
      <p className="text-muted">{reason}</p>
      <p className="text-xs text-muted">
        What to do:{" "}
        <Link to={`/runbook/${runbook.split("#").at(-1)}`} className="break-all text-accent underline">
          {runbook}
        </Link>
      </p>
      {history.length > 0 ? (
        <details>
          <summary className="w-fit py-1 font-medium">History ({history.length})</summary>
          <ol className="mt-2 grid gap-1.5">
            {history.map((change) => (
              <li key={change.at} className="flex flex-wrap items-center gap-2 text-xs text-muted">
                <AlarmBadge state={change.state} />
                <time dateTime={change.at}>{formatTime(change.at)}</time>
                {change.reason}
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </li>
  );
}
