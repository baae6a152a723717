/** What a dossier says of an execution, out of its whole history. */
import { type PaymentEvent, paymentEventSchema } from "#workflow/payment-event.ts";
import { attemptsOf } from "../records/attempts.ts";
import { textIn } from "../records/history-text.ts";
import type { ExecutionEvent, ExecutionState } from "../records/shapes.ts";
import { stepsOf } from "../records/steps.ts";
import type { ExecutionFacts } from "./dossier.ts";

const ENDS: Record<string, ExecutionState> = {
  ExecutionSucceeded: "SUCCEEDED",
  ExecutionFailed: "FAILED",
  ExecutionTimedOut: "TIMED_OUT",
  ExecutionAborted: "ABORTED",
};

/** Of a failure, the error that was caught says more than the gate at which the execution then ended. */
export function toExecutionFacts(name: string, events: ExecutionEvent[]): ExecutionFacts {
  const last = events.at(-1);
  const status = ENDS[last?.type ?? ""] ?? "RUNNING";
  const steps = stepsOf(events);
  const hasFailed = status !== "SUCCEEDED" && status !== "RUNNING";
  const step = (hasFailed ? steps.findLast((one) => one.status === "caught") : undefined) ?? steps.at(-1);
  const said = (key: "error" | "cause") => step?.[key] ?? textIn(last?.details ?? {}, key);
  return {
    name,
    status,
    startedAt: events[0]?.at ?? "",
    stoppedAt: status === "RUNNING" ? undefined : last?.at,
    redriveCount: events.filter(({ type }) => type === "ExecutionRedriven").length,
    stateName: step?.stateName,
    ...(hasFailed && { error: said("error"), cause: said("cause") }),
    attempts: attemptsOf(events),
  };
}

/** @returns undefined when it was not started with a payment event: anybody can start an execution by hand */
export function readInput(events: ExecutionEvent[] | undefined): PaymentEvent | undefined {
  const input = textIn(events?.[0]?.details ?? {}, "input") ?? "null";
  return paymentEventSchema.safeParse(JSON.parse(input)).data;
}
