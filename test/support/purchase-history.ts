/** What has become of a purchase at a running stack: at Step Functions, at Stripe and in the dead-letter queue. */
import { followExecution } from "#infra/local/follow-execution.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import type { RunningStack } from "./running-stack.ts";
import type { DeadLetter, StackClients } from "./stack-clients.ts";

/** How long to wait, in milliseconds, for what comes at once; the machine may be busy with other tests. */
export const SOON = { timeout: 15_000, interval: 50 };

/** The names of the states that the execution went through, once it is over. */
export async function statesOf({ sfn }: StackClients, executionName: string): Promise<string[]> {
  const states: string[] = [];
  await followExecution(sfn, executionName, (name) => states.push(name));
  return states;
}

/** What happened to the checkout session, in the order in which it happened. */
export async function eventsOf({ stripeUrl }: Pick<RunningStack, "stripeUrl">, checkoutSessionId: string) {
  const found: { id: string; type: string }[] = [];
  for await (const { id, type, data } of createStandInClient(stripeUrl).events.list({ limit: 100 })) {
    if ("id" in data.object && data.object.id === checkoutSessionId) found.unshift({ id, type });
  }
  return found;
}

/** Takes all dead letters that are there off the queue. */
export const deadLettersOf = async (
  clients: StackClients,
  checkoutSessionId: string,
): Promise<DeadLetter[]> =>
  (await clients.takeDeadLetters()).filter((letter) => letter.checkoutSessionId === checkoutSessionId);
