/** What has become of a purchase at a running stack: at Step Functions, at Stripe and in the dead-letter queue. */
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  paginateListExecutions,
} from "@aws-sdk/client-sfn";
import { followExecution } from "#infra/local/follow-execution.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { createStandInClient, findCompletedEvent } from "#infra/local/stand-in-control.ts";
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

/** The execution of the checkout's `completed` event, once it is over. */
export async function endOf(
  { stripeUrl }: Pick<RunningStack, "stripeUrl">,
  { sfn }: StackClients,
  checkoutSessionId: string,
): Promise<DescribeExecutionCommandOutput> {
  const { id } = await findCompletedEvent(stripeUrl, checkoutSessionId);
  return followExecution(sfn, id);
}

/** Whatever they are named after. */
export async function executionsOf({ sfn }: StackClients, checkoutSessionId: string) {
  const found: DescribeExecutionCommandOutput[] = [];
  for await (const { executions = [] } of paginateListExecutions(
    { client: sfn },
    { stateMachineArn: STATE_MACHINE_ARN },
  )) {
    for (const { executionArn } of executions) {
      const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (execution.input?.includes(`"${checkoutSessionId}"`)) found.push(execution);
    }
  }
  return found;
}
