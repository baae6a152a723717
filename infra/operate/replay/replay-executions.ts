/** Replays the executions of a deployment, or of any state machine, on a definition. */
import { findQueueUrl } from "#handlers/adapters/sqs/queues.ts";
import { createExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import { executionArnOf } from "#handlers/adapters/step-functions/names.ts";
import { createTurns } from "#handlers/adapters/step-functions/pace.ts";
import { findStateMachineArn } from "#handlers/adapters/step-functions/state-machine.ts";
import { isOnThisMachine } from "#infra/one-machine/aws-connection.ts";
import { loadStateMachine } from "#infra/states-language/definition.ts";
import { chooseDeployment } from "../settings.ts";
import { readCandidate } from "./candidate.ts";
import { readRecordings } from "./read-recordings.ts";
import { createReplay, type ReplayReport } from "./replay.ts";

interface ReplayRequest {
  stage: string;
  local?: boolean;
  since: Date;
  /** A file; undefined: ours. */
  definition?: string;
  /** An ARN; undefined: the deployment's. */
  stateMachine?: string;
}

/** Of GetExecutionHistory the account has 20 a second once 500 are used up, and operators need some. Source: Step Functions' quotas. */
const READING = { calls: 15, perMs: 1_000 };

/** @throws DefinitionRefused */
export async function replayExecutions(
  request: ReplayRequest,
  announce: (step: string) => void,
): Promise<ReplayReport> {
  const { names, environment } = chooseDeployment(request);
  const stateMachineArn = request.stateMachine ?? (await findStateMachineArn(names.stateMachine));
  const place = request.stateMachine
    ? undefined
    : { names, stateMachineArn, deadLetterQueueUrl: await findQueueUrl(names.deadLetterQueue) };
  const text = await readCandidate(request.definition, place);
  const identity = { name: stateMachineArn.split(":").at(-1) ?? "", arn: stateMachineArn, roleArn: "" };
  const replay = createReplay({ loaded: loadStateMachine(text), identity }, text, (name) =>
    executionArnOf(stateMachineArn, name),
  );
  const takeTurn = isOnThisMachine(environment.AWS_ENDPOINT_URL)
    ? async () => undefined
    : createTurns(READING);
  const lookup = createExecutionLookup(stateMachineArn);
  let done = 0;
  for await (const recordings of readRecordings({ lookup, since: request.since, takeTurn })) {
    for (const recording of recordings) await replay.add(recording);
    done += recordings.length;
    announce(`${done} executions, back to ${recordings.at(-1)?.execution.startedAt ?? "now"}`);
  }
  return replay.report();
}
