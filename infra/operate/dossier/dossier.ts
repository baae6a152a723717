/** All that is known of a purchase, in one piece. Times are ISO 8601; money is minor units. */
import type { EventFacts, SessionFacts } from "#handlers/adapters/stripe/checkout-facts.ts";
import type { Course, Enrollment, Student } from "#workflow/model.ts";
import type { Decision, Purchase as PurchaseRecord } from "#workflow/purchase.ts";
import type { ExecutionFacts } from "../records/execution-facts.ts";
import type { Delivery, ShownLetter } from "../records/shapes.ts";

export type IdKind =
  | "email"
  | "student"
  | "checkout session"
  | "payment intent"
  | "customer"
  | "event"
  | "course"
  | "order number"
  | "execution";

export interface Dossier {
  query: { id: string; kind: IdKind };
  student?: Student | undefined;
  course?: Course | undefined;
  /** That bears the id as its name. */
  executionName?: string | undefined;
  /** Newest first. */
  purchases: Purchase[];
  /** What could not be looked at, and why that matters. */
  gaps: string[];
}

export interface Purchase {
  checkoutSessionId: string;
  /** What the student reads out. */
  orderNumber: string;
  userId?: string | undefined;
  courseId?: string | undefined;
  paymentIntentId?: string | undefined;
  /** As the payment provider has it now; absent when it could not be asked, or does not know it. */
  session?: SessionFacts | undefined;
  /** What was agreed, seen and decided; absent of a checkout session that was not opened here. */
  record?: PurchaseRecord | undefined;
  /** Oldest first; of a place that was moved on, by each of its owners. */
  decisions: Decision[];
  /** What of it cannot be read, and why. */
  unreadable: string[];
  events: DeliveredEvent[];
  executions: ExecutionFacts[];
  /** The student's enrollment in the course, whichever session it came from. */
  enrollment?: Enrollment | undefined;
  deadLetters: ShownLetter[];
  /** For CloudWatch Logs Insights, over all of the deployment's functions. */
  logQuery: string;
  next: Advice;
}

export interface DeliveredEvent extends EventFacts {
  /** Only a stand-in tells these by API; Stripe shows them in its dashboard. Newest first. */
  attempts?: Delivery["attempts"] | undefined;
}

export interface Advice {
  needsPerson: boolean;
  /** One or two sentences. */
  text: string;
  /** What can be done about it, the likeliest first. */
  acts: AdvisedAct[];
  /** The first of them as a command. */
  command?: string | undefined;
}

export interface AdvisedAct {
  action: "redrive" | "repair" | "withdraw" | "waive" | "close";
  /** What the command takes: a checkout session or an execution. A repair takes none. */
  id: string;
  /** Whoever does it may know a better one. */
  reason: string;
}
