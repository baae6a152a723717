/** What the console's server tells its page. Times are ISO 8601. */
import type { OperatorRole } from "#infra/deployment/operators.ts";
import type { Plan, PlanItem } from "#workflow/dead-letters/plan.ts";
import type { Told } from "#workflow/ledger/keep-ledger.ts";
import type { Dossier } from "../dossier/dossier.ts";
import type { Fault, StripeKnobs } from "../records/shapes.ts";

export type { AlarmState, AlarmView } from "../alarms/alarm-view.ts";
export type {
  AdvisedAct,
  Dossier,
  Purchase,
} from "../dossier/dossier.ts";
export type { Attempt } from "../records/attempts.ts";
export type { ExecutionFacts } from "../records/execution-facts.ts";
export type {
  Definition,
  DeliveriesPage,
  Delivery,
  ExecutionEvent,
  ExecutionState,
  ExecutionsPage,
  Fault,
  FaultKind,
  FollowedExecution,
  FollowedLetter,
  FollowedLetters,
  LedgerPage,
  ListedExecution,
  Looked,
  RehearsalKind,
  StateDefinition,
  StripeKnobs,
} from "../records/shapes.ts";

export interface About {
  stateMachineName: string;
  stateMachineArn: string;
  region: string;
  /** Who asks AWS, as the ledger names them; absent while AWS does not say. */
  caller?: string | undefined;
  /** Absent: neither of the deployment's two. */
  role?: OperatorRole | undefined;
  /** False: everything can be looked at and nothing changed. */
  mayRedrive: boolean;
  /** Why not, and how it could be. */
  onlyLooks?: string | undefined;
  /** Parts that only some deployments have. */
  has: { deadLetters: boolean; alarms: boolean; deliveries: boolean; faults: boolean };
}

/** Of a redrive: the execution that does the work now, which may be a fresh one. */
export interface Redriven {
  executionName: string;
}

export interface FollowedPlan extends Plan {
  /** Whoever ran it is silent: somebody has to go on with it. */
  isInterrupted: boolean;
}

export interface PlansPage {
  plans: FollowedPlan[];
}

export interface PlanOnPage {
  plan: FollowedPlan;
  items: PlanItem[];
  /** Where the next page begins; absent on the last one. */
  next?: string | undefined;
}

export interface MadePlan {
  planId: string;
}

export interface LetterCount {
  /** About how many there are. */
  total: number;
}

export interface Found {
  /** Absent: nothing anywhere knows the id. */
  dossier: Dossier | undefined;
}

/** What came of an act. */
export type Acted = Told;

export interface Faults {
  aws?: Fault[] | undefined;
  /** Which a fault can be about too, beside AWS's services. */
  functions: [target: string, words: string][];
  stripe?: StripeKnobs | undefined;
}

export interface RunbookSection {
  title: string;
  nodes: MarkdownNode[];
  /** Of the runbook's beginning: all that follow. */
  sections?: { slug: string; title: string }[] | undefined;
}

/** A text, or an element of those that Markdown has. */
export type MarkdownNode =
  | string
  | {
      tag:
        | "a"
        | "blockquote"
        | "br"
        | "code"
        | "del"
        | "em"
        | "h2"
        | "h3"
        | "li"
        | "ol"
        | "p"
        | "pre"
        | "span"
        | "strong"
        | "table"
        | "tbody"
        | "td"
        | "th"
        | "thead"
        | "tr"
        | "ul";
      /** Of a link: an address of the console, or of another site. */
      href?: string;
      children: MarkdownNode[];
    };

export interface Failure {
  error: string;
}
