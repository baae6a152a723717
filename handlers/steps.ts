/** The functions behind the Task states, one export each. What they throw is named for the state machine to match on. */
import * as z from "zod/mini";
import { noteFailure } from "#workflow/checkout/note-failure.ts";
import { InvalidPaymentEvent, RetryableError } from "#workflow/errors.ts";
import { type PaymentEvent, paymentEventSchema } from "#workflow/payment-event.ts";
import { closeCheckout as closeCheckoutStep } from "#workflow/steps/close-checkout.ts";
import { linkCustomer as linkCustomerStep } from "#workflow/steps/link-customer.ts";
import { validateSession as validateSessionStep } from "#workflow/steps/validate-session.ts";
import { writeEnrollment as writeEnrollmentStep } from "#workflow/steps/write-enrollment.ts";
import { beforeDeadline, type Deadline } from "./adapters/in-time.ts";
import { LAST_WORDS_MS, longestOf, PATIENCE } from "./adapters/patience.ts";
import { isTransient } from "./adapters/transient-errors.ts";
import { composeSteps, type StepPorts } from "./composition.ts";
import { readSettings, stepSettings } from "./config.ts";
import { describeError, withoutPersonalData } from "./error-facts.ts";
import { correlationOf, countMetric, createLogger } from "./telemetry.ts";

const logger = createLogger("steps");

export function createSteps(ports: StepPorts) {
  return {
    validateSession: stepHandler("ValidateSession", ports, (event) => validateSessionStep(event, ports)),
    writeEnrollment: stepHandler("WriteEnrollment", ports, (event) => {
      const onOtherLeftOpen = (error: unknown) =>
        logger.warn("another open checkout may be left", {
          ...correlationOf(event),
          ...describeError(error),
        });
      const onWritten = () => countMetric("EnrollmentWritten");
      return writeEnrollmentStep(event, { ...ports, onOtherLeftOpen, onWritten });
    }),
    linkCustomer: stepHandler("LinkCustomer", ports, (event) => linkCustomerStep(event, ports, ports.now)),
    closeCheckout: stepHandler("CloseCheckout", ports, (event) => closeCheckoutStep(event, ports)),
  };
}

/** What a state hands to its step: the state machine's data, and the execution's own name. */
const stepInputSchema = z.object({
  /** The payment event, and beside it what earlier states have added. */
  event: paymentEventSchema,
  executionName: z.string(),
});
type StepInput = z.infer<typeof stepInputSchema>;

/** Enough to note a failure in, and to name it: a function that is cut off does neither. */
const KEPT_FOR_NOTING_MS = longestOf(PATIENCE.request) + LAST_WORDS_MS;

function stepHandler<Result>(
  stepName: string,
  ports: StepPorts,
  step: (event: PaymentEvent) => Promise<Result>,
) {
  return async (input: unknown, deadline?: Deadline): Promise<Result> => {
    const { event, executionName } = readInput(input);
    const ids = { step: stepName, ...correlationOf(event), executionName };
    try {
      const result = await beforeDeadline(step(event), deadline, KEPT_FOR_NOTING_MS, stepName);
      logger.info("done", ids);
      return result;
    } catch (error) {
      const named = toWorkflowError(error);
      logger.warn("failed", { ...ids, ...describeError(named) });
      // What fails here may be the very table that it would be noted in.
      const noting = note(event, executionName, named, ports);
      await beforeDeadline(noting, deadline, LAST_WORDS_MS, "noting").catch((cause: unknown) =>
        logger.warn("the failure could not be noted", { ...ids, ...describeError(cause) }),
      );
      throw named;
    }
  };
}

async function note(event: PaymentEvent, executionName: string, named: Error, ports: StepPorts) {
  if (named.name === "DoublePayment") await countDoublePayment(event, ports);
  await noteFailure(event, executionName, named, ports);
}

/** Once for each purchase, however often its execution is redriven; where that cannot be known, rather twice than never. */
async function countDoublePayment(event: PaymentEvent, { purchases, now }: StepPorts): Promise<void> {
  const { userId, courseId, checkoutSessionId } = event;
  if (!userId || !courseId) return;
  const noting = purchases.noteDoublePayment({ userId, courseId, checkoutSessionId }, now().toISOString());
  if (await noting.catch(() => true)) countMetric("DoublePayment");
}

/** Executions that began before this version hand over the data alone. */
function readInput(input: unknown): StepInput {
  const isOlder = typeof input === "object" && input !== null && !("event" in input);
  const eventId = isOlder && "eventId" in input ? String(input.eventId) : "";
  const result = stepInputSchema.safeParse(isOlder ? { event: input, executionName: eventId } : input);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join(".").replace(/^event\./, "")).join(", ");
  throw new InvalidPaymentEvent(`the execution's input is not a payment event; look at: ${fields}`);
}

function toWorkflowError(error: unknown): Error {
  if (isTransient(error)) {
    const { errorName, dependency = "a step" } = describeError(error);
    return Object.assign(new RetryableError(`${errorName} of ${dependency}: trying again may help`), {
      dependency,
    });
  }
  return withoutPersonalData(error);
}

export const { validateSession, writeEnrollment, linkCustomer, closeCheckout } = createSteps(
  composeSteps(readSettings(stepSettings, process.env)),
);
