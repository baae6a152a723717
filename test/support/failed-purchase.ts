/** A purchase that was paid for while its course was away, which is back: it waits for somebody to redrive it. */
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { newStudent, startCheckout } from "./checkouts.ts";
import { endOf } from "./purchase-history.ts";
import type { RunningStack } from "./running-stack.ts";
import type { StackClients } from "./stack-clients.ts";

export const FAILED_COURSE = "TEST-COURSE-003";

/** @param name of the student, whom nobody else of the stack may be */
export async function failPurchase(name: string, stack: RunningStack, clients: StackClients) {
  const student = await newStudent(name, stack);
  const { checkoutSessionId, clientSecret } = await startCheckout(student, FAILED_COURSE);
  const course = await clients.readItem(`COURSE#${FAILED_COURSE}`, "METADATA");
  await clients.removeItem(`COURSE#${FAILED_COURSE}`, "METADATA");
  await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);
  await endOf(stack, clients, checkoutSessionId);
  await clients.putItem(course ?? {});
  return { student, checkoutSessionId };
}
