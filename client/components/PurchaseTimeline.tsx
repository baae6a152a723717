/** Paid, verified, enrolled: how far the API says that a purchase has come; or what became of it instead. */
import type { ReactNode } from "react";
import type { Stage } from "#workflow/contract.ts";

type OnTheWay = "done" | "current" | "stuck" | "ahead";
type Progress = OnTheWay | "undone";

/** What took the place of an enrollment; nothing is said of the way there, which may have ended anywhere. */
const UNDONE = {
  withdrawn: { name: "Withdrawn", note: "This purchase gives you no place in the course" },
  refunded: { name: "Refunded", note: "All of your money went back" },
} as const;

const isUndone = (stage: Stage): stage is keyof typeof UNDONE => stage in UNDONE;

/** `verified` is told apart from `enrolled` only by what is under way: the API vouches for both at once. */
const PROGRESS: Record<
  Exclude<Stage, keyof typeof UNDONE>,
  [paid: OnTheWay, verified: OnTheWay, enrolled: OnTheWay]
> = {
  open: ["ahead", "ahead", "ahead"],
  processing: ["current", "ahead", "ahead"],
  paid: ["done", "current", "ahead"],
  needs_attention: ["done", "stuck", "ahead"],
  enrolled: ["done", "done", "done"],
  expired: ["ahead", "ahead", "ahead"],
};

const SPOKEN: Record<Progress, string> = {
  done: "done",
  current: "in progress",
  stuck: "needs attention",
  ahead: "not yet",
  undone: "done",
};

const PAID: Record<OnTheWay, string> = {
  done: "We have received your payment",
  current: "Your bank is working on the payment",
  stuck: "Our team is looking into it",
  ahead: "Your payment reaches us",
};
const VERIFIED: Record<OnTheWay, string> = {
  done: "It matches your order",
  current: "We are checking it against your order",
  stuck: "Our team is looking into it",
  ahead: "We check it against your order",
};

export function PurchaseTimeline({ stage }: { stage: Stage }) {
  if (isUndone(stage)) return <Undone {...UNDONE[stage]} />;
  const [paid, verified, enrolled] = PROGRESS[stage];
  return (
    <ol aria-label="Progress of your purchase">
      <Step name="Paid" progress={paid}>
        {PAID[paid]}
      </Step>
      <Step name="Verified" progress={verified}>
        {VERIFIED[verified]}
      </Step>
      <Step name="Enrolled" progress={enrolled} isLast>
        {enrolled === "done" ? "The course is yours" : "The course becomes yours"}
      </Step>
    </ol>
  );
}

function Undone({ name, note }: { name: string; note: string }) {
  return (
    <ol aria-label="What became of your purchase">
      <Step name={name} progress="undone" isLast>
        {note}
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
          <span className="sr-only">: {SPOKEN[progress]}</span>
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
