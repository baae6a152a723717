/** What every page has: where one is, what needs attention, and the parts that this deployment has. */
import { useEffect, useRef } from "react";
import { NavLink, Outlet, ScrollRestoration } from "react-router";
import type { About, AlarmView, Faults, LetterCount } from "#infra/operate/console/contract.ts";
import { AboutContext, ONLY_LOOKS_ID } from "../about.ts";
import { useLive } from "../use-live.ts";
import { Loading, Notice } from "./Notice.tsx";
import { SearchBox } from "./SearchBox.tsx";

export function Shell() {
  const { data: about, error } = useLive<About>("about");
  return (
    <>
      <ScrollRestoration />
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-6 gap-y-1 px-4 pt-3">
          <p className="flex items-center gap-2 text-base font-semibold">
            <img src="/favicon.svg" alt="" className="size-6" />
            Bursar console
          </p>
          {about ? (
            <p className="min-w-0 text-xs break-all text-muted">
              {about.stateMachineName} in {about.region}
              {about.caller ? `, as ${about.caller}` : ""}
              {about.role ? ` (${about.role})` : ""}
            </p>
          ) : null}
          {about ? <SearchBox /> : null}
          {about ? <Navigation has={about.has} /> : null}
        </div>
      </header>
      <main className="mx-auto max-w-7xl px-4 py-6">
        {error && !about ? <Notice tone="bad">{error}</Notice> : null}
        {about ? (
          <AboutContext value={about}>
            {about.onlyLooks ? (
              <p id={ONLY_LOOKS_ID} className="mb-4 rounded-lg border border-line bg-sunken px-3 py-2">
                {about.onlyLooks}
              </p>
            ) : null}
            <Outlet />
          </AboutContext>
        ) : null}
        {!about && !error ? <Loading /> : null}
      </main>
    </>
  );
}

function Navigation({ has }: { has: About["has"] }) {
  const nav = useRef<HTMLElement>(null);
  // On a phone not all tabs are in sight, and the current one must be, also when a number has made the row longer.
  useEffect(() => {
    const row = nav.current;
    if (!row) return;
    const showCurrent = () => {
      const tab = row.querySelector('[aria-current="page"]')?.getBoundingClientRect();
      const { left, width } = row.getBoundingClientRect();
      // The row alone, and not the page: whoever comes back to a place further down stays there.
      if (tab) row.scrollLeft += tab.left + tab.width / 2 - (left + width / 2);
    };
    showCurrent();
    const changes = new MutationObserver(showCurrent);
    changes.observe(row, { childList: true, subtree: true, attributeFilter: ["aria-current"] });
    return () => changes.disconnect();
  }, []);
  return (
    <nav ref={nav} aria-label="Console" className="-mx-1 flex w-full gap-1 overflow-x-auto">
      <Tab to="/" label="Executions" />
      {has.deadLetters ? <DeadLettersTab /> : null}
      {has.alarms ? <AlarmsTab /> : null}
      {has.deliveries ? <Tab to="/deliveries" label="Stripe deliveries" /> : null}
      <Tab to="/ledger" label="Ledger" />
      <Tab to="/runbook" label="Runbook" />
      {has.faults ? <FaultsTab /> : null}
    </nav>
  );
}

function DeadLettersTab() {
  const { data } = useLive<LetterCount>("dead-letters/count", 5_000);
  return <Tab to="/dead-letters" label="Dead letters" count={data?.total} />;
}

function AlarmsTab() {
  const { data } = useLive<{ alarms: AlarmView[] }>("alarms", 5_000);
  return (
    <Tab to="/alarms" label="Alarms" count={data?.alarms.filter(({ state }) => state === "ALARM").length} />
  );
}

/** What is broken on purpose is easily forgotten. */
function FaultsTab() {
  const { data } = useLive<Faults>("faults", 5_000);
  return <Tab to="/faults" label="Faults" count={data ? countFaults(data) : 0} />;
}

function countFaults({ aws = [], stripe }: Faults): number {
  const standing = Object.values(stripe ?? {}).filter((knob) =>
    Array.isArray(knob) ? knob.length > 0 : Boolean(knob),
  );
  return aws.length + standing.length;
}

function Tab({ to, label, count = 0 }: { to: string; label: string; count?: number | undefined }) {
  return (
    <NavLink
      to={to}
      end={to === "/"}
      className={({ isActive }) =>
        `flex items-center gap-1.5 border-b-2 px-2 py-2.5 font-medium whitespace-nowrap ${
          isActive ? "border-accent text-ink" : "border-transparent text-muted hover:text-ink"
        }`
      }
    >
      {label}
      {count > 0 ? <span className="rounded-full bg-bad-soft px-1.5 text-xs text-bad">{count}</span> : null}
    </NavLink>
  );
}
