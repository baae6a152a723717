/** Paid, verified, enrolled: how far the API says that a purchase has come; or what became of it instead. */
import type { ReactNode } from "react";
import type { Stage } from "#workflow/contract.ts";
import { useWords } from "../language.ts";

type OnTheWay = "done" | "current" | "stuck" | "ahead";
type Progress = OnTheWay | "undone";

/** What took the place of an enrollment; nothing is said of the way there, which may have ended anywhere. */
const UNDONE = ["withdrawn", "refunded", "paidTwice"] as const;
type Undone = (typeof UNDONE)[number];

const isUndone = (stage: Stage | Undone): stage is Undone => (UNDONE as readonly string[]).includes(stage);

/** `verified` is told apart from `enrolled` only by what is under way: the API vouches for both at once. */
const PROGRESS: Record<Exclude<Stage, Undone>, [paid: OnTheWay, verified: OnTheWay, enrolled: OnTheWay]> = {
  open: ["ahead", "ahead", "ahead"],
  processing: ["current", "ahead", "ahead"],
  paid: ["done", "current", "ahead"],
  needs_attention: ["done", "stuck", "ahead"],
  enrolled: ["done", "done", "done"],
  expired: ["ahead", "ahead", "ahead"],
};

export function PurchaseTimeline({ stage }: { stage: Stage | Undone }) {
  const { timeline } = useWords().purchase;
  if (isUndone(stage)) return <Outcome stage={stage} />;
  const [paid, verified, enrolled] = PROGRESS[stage];
  return (
    <ol aria-label={timeline.progress}>
      <Step name={timeline.paid.name} progress={paid}>
        {timeline.paid[paid]}
      </Step>
      <Step name={timeline.verified.name} progress={verified}>
        {timeline.verified[verified]}
      </Step>
      <Step name={timeline.enrolled.name} progress={enrolled} isLast>
        {timeline.enrolled[enrolled]}
      </Step>
    </ol>
  );
}

function Outcome({ stage }: { stage: Undone }) {
  const { timeline } = useWords().purchase;
  return (
    <ol aria-label={timeline.outcome}>
      <Step name={timeline[stage].name} progress="undone" isLast>
        {timeline[stage].note}
      </Step>
    </ol>
  );
}

interface StepProps {
  name: string;
  progress: Progress;
  isLast?: boolean;
  children: ReactNode;
}

function Step({ name, progress, isLast = false, children }: StepProps) {
  const { spoken } = useWords().purchase.timeline;
  return (
    <li
      aria-current={progress === "current" || progress === "stuck" ? "step" : undefined}
      className="flex gap-4"
    >
      <div className="flex flex-col items-center">
        <Mark progress={progress} />
        {isLast ? null : (
          <span className={`my-1 w-0.5 grow ${progress === "done" ? "bg-accent" : "bg-line"}`} />
        )}
      </div>
      <div className={isLast ? "" : "pb-7"}>
        <p className={`font-medium ${progress === "ahead" ? "text-muted" : ""}`}>
          {name}
          <span className="sr-only">: {spoken[progress]}</span>
        </p>
        <p className="text-sm text-muted">{children}</p>
      </div>
    </li>
  );
}

const RING: Record<Progress, string> = {
  done: "bg-accent text-on-accent",
  current: "border-2 border-line text-accent",
  stuck: "border border-warn-line bg-warn-soft text-warn",
  ahead: "border-2 border-line",
  undone: "border-2 border-edge text-muted",
};

function Mark({ progress }: { progress: Progress }) {
  return (
    <span
      className={`grid size-7 shrink-0 place-items-center rounded-full transition-colors duration-500 ${RING[progress]}`}
    >
      <svg
        viewBox="0 0 20 20"
        className={`size-5 ${progress === "current" ? "motion-safe:animate-spin" : ""}`}
        fill="none"
        stroke="currentColor"
        strokeWidth="2.25"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {progress === "done" ? <path d="m5 10.5 3.5 3.5L15 7" /> : null}
        {progress === "current" ? <path d="M10 3.5a6.5 6.5 0 0 1 6.5 6.5" /> : null}
        {progress === "undone" ? <path d="M5.5 10h9" /> : null}
        {progress === "stuck" ? <path d="M10 5.5v5M10 14.2v.1" /> : null}
      </svg>
    </span>
  );
}
