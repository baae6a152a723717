/** How something ended, in colour, icon and words: colour alone would leave people out. */
import type { AlarmState, ExecutionState, FollowedPlan } from "#infra/operate/console/contract.ts";
import type { StepStatus } from "#infra/operate/records/steps.ts";
import type { PlanItem } from "#workflow/dead-letters/plan.ts";
import type { LedgerEntry } from "#workflow/ledger/entry.ts";

type Tone = "good" | "bad" | "warn" | "busy" | "quiet";

interface Appearance {
  words: string;
  tone: Tone;
  icon: IconName;
}

type IconName = "check" | "cross" | "bang" | "dots" | "square" | "clock" | "ring";

const PATHS: Record<IconName, string> = {
  check: "m4 8.5 2.8 2.8L12 5",
  cross: "m5 5 6 6m0-6-6 6",
  bang: "M8 4v5m0 2.5v.01",
  dots: "M4 8h.01M8 8h.01M12 8h.01",
  square: "M5.5 5.5h5v5h-5z",
  clock: "M8 4.5V8l2.5 1.5",
  ring: "M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5",
};

export const TONES: Record<Tone, string> = {
  good: "bg-good-soft text-good border-good/40",
  bad: "bg-bad-soft text-bad border-bad/40",
  warn: "bg-warn-soft text-warn border-warn/40",
  busy: "bg-accent-soft text-accent border-accent/40",
  quiet: "bg-sunken text-muted border-line",
};

const EXECUTIONS: Record<ExecutionState, Appearance> = {
  RUNNING: { words: "Running", tone: "busy", icon: "dots" },
  SUCCEEDED: { words: "Succeeded", tone: "good", icon: "check" },
  FAILED: { words: "Failed", tone: "bad", icon: "cross" },
  TIMED_OUT: { words: "Timed out", tone: "bad", icon: "clock" },
  ABORTED: { words: "Stopped", tone: "warn", icon: "square" },
  PENDING_REDRIVE: { words: "Pending redrive", tone: "busy", icon: "dots" },
};

const STEPS: Record<StepStatus, Appearance> = {
  running: { words: "Running", tone: "busy", icon: "dots" },
  succeeded: { words: "Succeeded", tone: "good", icon: "check" },
  caught: { words: "Caught error", tone: "warn", icon: "bang" },
  failed: { words: "Failed", tone: "bad", icon: "cross" },
  "timed out": { words: "Timed out", tone: "bad", icon: "clock" },
  aborted: { words: "Stopped", tone: "warn", icon: "square" },
};

const ALARMS: Record<AlarmState, Appearance> = {
  OK: { words: "OK", tone: "good", icon: "check" },
  ALARM: { words: "ALARM", tone: "bad", icon: "bang" },
  NOT_MEASURED: { words: "Not measured here", tone: "quiet", icon: "ring" },
};

const PLAN_ITEMS: Record<PlanItem["state"], Appearance> = {
  planned: { words: "To come", tone: "quiet", icon: "ring" },
  begun: { words: "Under way", tone: "busy", icon: "dots" },
  closed: { words: "Closed", tone: "good", icon: "check" },
  failed: { words: "Failed again", tone: "bad", icon: "cross" },
  left: { words: "Left", tone: "warn", icon: "bang" },
};

const PLANS: Record<FollowedPlan["state"], Appearance> = {
  made: { words: "Not run yet", tone: "quiet", icon: "ring" },
  running: { words: "Under way", tone: "busy", icon: "dots" },
  over: { words: "Over", tone: "good", icon: "check" },
};

export const appearanceOfStep = (status: StepStatus | undefined): Appearance =>
  status ? STEPS[status] : { words: "Not reached", tone: "quiet", icon: "ring" };

export function Icon({ name, className = "size-4" }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className={`shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      <circle cx="8" cy="8" r="7" strokeWidth="1.25" />
      <path d={PATHS[name]} strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

function Badge({ words, tone, icon }: Appearance) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full border py-0.5 pr-2.5 pl-1.5 text-xs font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      <Icon name={icon} />
      {words}
    </span>
  );
}

export const ExecutionBadge = ({ status }: { status: ExecutionState }) => <Badge {...EXECUTIONS[status]} />;
export const StepBadge = ({ status }: { status: StepStatus }) => <Badge {...STEPS[status]} />;
export const PlanItemBadge = ({ state }: { state: PlanItem["state"] }) => <Badge {...PLAN_ITEMS[state]} />;
export const PlanBadge = ({ plan: { state, isInterrupted } }: { plan: FollowedPlan }) =>
  isInterrupted ? <Badge words="Interrupted" tone="warn" icon="bang" /> : <Badge {...PLANS[state]} />;
export const AlarmBadge = ({ state }: { state: AlarmState }) => <Badge {...ALARMS[state]} />;
/** @param outcome undefined: it is under way, or a crash came between */
export const OutcomeBadge = ({ outcome }: { outcome: LedgerEntry["outcome"] }) => {
  if (!outcome) return <Badge words="End not known" tone="warn" icon="dots" />;
  const { isDone } = outcome;
  return isDone ? (
    <Badge words="Done" tone="good" icon="check" />
  ) : (
    <Badge words="Not done" tone="bad" icon="cross" />
  );
};
export const AnswerBadge = ({ good, words }: { good: boolean; words: string }) => (
  <Badge words={words} tone={good ? "good" : "bad"} icon={good ? "check" : "cross"} />
);
