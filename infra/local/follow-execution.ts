/** Watches executions on the local AWS endpoint, state by state, with the SDK that one would use on AWS. */
import { setTimeout as pause } from "node:timers/promises";
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
} from "@aws-sdk/client-sfn";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { executionArn } from "./names.ts";
import { awsOf, type StackPlace } from "./stack-options.ts";

const POLL_MS = 25;

export function createLocalSfnClient(stack: Pick<StackPlace, "awsUrl" | "accessKey">): SFNClient {
  return new SFNClient(awsClientConfig(awsOf(stack)));
}

/**
 * @param onState told of every state as it is entered, with the time since the execution's start in milliseconds
 * @returns the finished execution
 */
export async function followExecution(
  client: SFNClient,
  name: string,
  onState: (stateName: string, sinceStartMs: number) => void = () => {},
): Promise<DescribeExecutionCommandOutput> {
  let reported = 0;
  for (;;) {
    const execution = await describeOnceItExists(client, name);
    const { events = [] } = await client.send(
      new GetExecutionHistoryCommand({ executionArn: executionArn(name) }),
    );
    for (const event of events.slice(reported)) {
      const entered = event.stateEnteredEventDetails?.name;
      if (entered) onState(entered, millisecondsBetween(events[0], event));
    }
    reported = events.length;
    if (execution.status !== "RUNNING") return execution;
    await pause(POLL_MS);
  }
}

async function describeOnceItExists(
  client: SFNClient,
  name: string,
): Promise<DescribeExecutionCommandOutput> {
  for (;;) {
    try {
      return await client.send(new DescribeExecutionCommand({ executionArn: executionArn(name) }));
    } catch (error) {
      if (!(error instanceof ExecutionDoesNotExist)) throw error;
      await pause(POLL_MS);
    }
  }
}

function millisecondsBetween(first: HistoryEvent | undefined, later: HistoryEvent): number {
  return (later.timestamp?.getTime() ?? 0) - (first?.timestamp?.getTime() ?? 0);
}
