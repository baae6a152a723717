/** The functions behind the Task states, one export each. What they throw is named for the state machine to match on. */

import { InvalidPaymentEvent, RetryableError } from "#workflow/errors.ts";
import { type PaymentEvent, paymentEventSchema } from "#workflow/payment-event.ts";
import { closeCheckout as closeCheckoutStep } from "#workflow/steps/close-checkout.ts";
import { linkCustomer as linkCustomerStep } from "#workflow/steps/link-customer.ts";
import { validateSession as validateSessionStep } from "#workflow/steps/validate-session.ts";
import { writeEnrollment as writeEnrollmentStep } from "#workflow/steps/write-enrollment.ts";
import { isTransient } from "./adapters/transient-errors.ts";
import { composeSteps, type StepPorts } from "./composition.ts";
import { readSettings, stepSettings } from "./config.ts";
import { correlationOf, countMetric, createLogger, describeError } from "./telemetry.ts";

const logger = createLogger("steps");

export function createSteps({ stores, enrollments, openCheckouts, payments, now }: StepPorts) {
  return {
    validateSession: stepHandler("ValidateSession", (event) => validateSessionStep(event, stores)),
    writeEnrollment: stepHandler("WriteEnrollment", async (event) => {
      const onOtherLeftOpen = (error: unknown) =>
        logger.warn("another open checkout may be left", {
          ...correlationOf(event),
          ...describeError(error),
        });
      const { enrolledAt, isNew } = await writeEnrollmentStep(event, {
        enrollments,
        openCheckouts,
        payments,
        now,
        onOtherLeftOpen,
      });
      if (isNew) countMetric("EnrollmentWritten");
      return { enrolledAt };
    }),
    linkCustomer: stepHandler("LinkCustomer", (event) => linkCustomerStep(event, stores, now)),
    closeCheckout: stepHandler("CloseCheckout", (event) => closeCheckoutStep(event, openCheckouts, now)),
  };
}

/** @param input the state machine's data: the payment event, and beside it what earlier states have added */
function stepHandler<Result>(stepName: string, step: (event: PaymentEvent) => Promise<Result>) {
  return async (input: unknown): Promise<Result> => {
    const event = readPaymentEvent(input);
    const ids = { step: stepName, ...correlationOf(event) };
    try {
      const result = await step(event);
      logger.info("done", ids);
      return result;
    } catch (error) {
      const named = toWorkflowError(error);
      if (named.name === "DoublePayment") countMetric("DoublePayment");
      logger.warn("failed", { ...ids, ...describeError(named) });
      throw named;
    }
  };
}

function readPaymentEvent(input: unknown): PaymentEvent {
  const result = paymentEventSchema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join(".")).join(", ");
  throw new InvalidPaymentEvent(`the execution's input is not a payment event; look at: ${fields}`);
}

function toWorkflowError(error: unknown): Error {
  if (isTransient(error))
    return new RetryableError(`${describeError(error).errorName}: trying again may help`);
  return error instanceof Error ? error : new Error("something that is not an Error was thrown");
}

export const { validateSession, writeEnrollment, linkCustomer, closeCheckout } = createSteps(
  composeSteps(readSettings(stepSettings, process.env)),
);
