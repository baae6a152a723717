/** What a dossier says of an execution, out of its whole history. */
import { type PaymentEvent, paymentEventSchema } from "#workflow/payment-event.ts";
import type { ExecutionDetail } from "../records/shapes.ts";
import { stepsOf } from "../records/steps.ts";
import type { ExecutionFacts } from "./dossier.ts";

/** Of a failure, the error that was caught says more than the gate at which the execution then ended. */
export function toExecutionFacts(detail: ExecutionDetail): ExecutionFacts {
  const { name, status, startedAt, stoppedAt, redriveCount } = detail;
  const steps = stepsOf(detail.events);
  const hasFailed = status !== "SUCCEEDED" && status !== "RUNNING";
  const step = (hasFailed ? steps.findLast((one) => one.status === "caught") : undefined) ?? steps.at(-1);
  return {
    name,
    status,
    startedAt,
    stoppedAt,
    redriveCount,
    stateName: step?.stateName,
    ...(hasFailed && { error: step?.error ?? detail.error, cause: step?.cause ?? detail.cause }),
  };
}

/** @returns undefined when it was not started with a payment event: anybody can start an execution by hand */
export function readInput(execution: ExecutionDetail | undefined): PaymentEvent | undefined {
  return paymentEventSchema.safeParse(JSON.parse(execution?.input ?? "null")).data;
}
