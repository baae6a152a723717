/** One recorded execution, run by the local Step Functions with the same answers of its Lambda functions. */
import { GetExecutionHistoryCommand, type SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { followExecution } from "#infra/local/follow-execution.ts";
import { queueUrl, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { DefinitionRefused } from "#infra/states-language/definition-refused.ts";
import type { Definition, RecordedEvent } from "./recorded-histories.ts";
import { withEndpoint } from "./with-endpoint.ts";

const QUEUE = "judged-queue";
const NAME = "judged";
/** Of a Task, in bytes. */
const LARGEST_RESULT_BYTES = 262_144;

/** @returns undefined when the definition is refused at load */
export async function replay(
  definition: Definition,
  events: RecordedEvent[],
): Promise<RecordedEvent[] | undefined> {
  const given = { invokeFunction: answerAsRecorded(events), queues: [{ name: QUEUE }] };
  try {
    return await withEndpoint(JSON.stringify(definition), given, (client, url) =>
      run(client, unmask(inputOf(events), url)),
    );
  } catch (error) {
    if (error instanceof DefinitionRefused) return undefined;
    throw error;
  }
}

async function run(client: SFNClient, input: unknown): Promise<RecordedEvent[]> {
  const { executionArn } = await client.send(
    new StartExecutionCommand({
      stateMachineArn: STATE_MACHINE_ARN,
      name: NAME,
      input: JSON.stringify(input),
    }),
  );
  await followExecution(client, NAME);
  const { events = [] } = await client.send(
    new GetExecutionHistoryCommand({ executionArn, includeExecutionData: true }),
  );
  return events as unknown as RecordedEvent[];
}

const inputOf = ([started]: RecordedEvent[]): unknown => started?.executionStartedEventDetails?.["input"];

/** The recordings hide names and addresses, in whose place ours are put. */
function unmask(input: unknown, endpointUrl: string): unknown {
  const text = JSON.stringify(input ?? {})
    // Of text that was empty the recordings know no more.
    .replace('"MessageBody":null', '"MessageBody":""')
    .replaceAll(/<[^<>"]*queue[^<>"]*>/gi, queueUrl(endpointUrl, QUEUE))
    .replaceAll(/<[^<>"]*(?:lambda|function)[^<>"]*>/gi, "judged-function");
  return JSON.parse(text);
}

/** Each call is answered as the recorded one was, in their order. */
function answerAsRecorded(events: RecordedEvent[]): (functionArn: string) => Promise<unknown> {
  const answers = events.flatMap(({ taskSucceededEventDetails: done, taskFailedEventDetails: failed }) => {
    if (done?.["resourceType"] === "lambda")
      return { payload: (done["output"] as { Payload?: unknown }).Payload };
    return failed?.["resourceType"] === "lambda" ? { failed } : [];
  });
  return async () => {
    const answer = answers.shift();
    // One that was never answered took longer than its state had time for.
    if (!answer) return new Promise(() => {});
    if (!answer.failed) return answer.payload;
    const { error, cause } = answer.failed;
    if (error === "States.DataLimitExceeded") return "x".repeat(LARGEST_RESULT_BYTES + 1);
    throw Object.assign(new Error(messageOf(cause)), { name: String(error) });
  };
}

/** A function's own failure is a document, one of Lambda itself a sentence. */
function messageOf(cause: unknown): string {
  const { errorMessage } = readCause(cause);
  return errorMessage ?? String(cause);
}

function readCause(cause: unknown): { errorMessage?: string } {
  if (typeof cause === "object" && cause !== null) return cause;
  try {
    return JSON.parse(String(cause)) as { errorMessage?: string };
  } catch {
    return {};
  }
}
