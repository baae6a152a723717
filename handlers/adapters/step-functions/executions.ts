/** Starts executions named after payment events, and redrives those that had failed. */
import { createHash } from "node:crypto";
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionNotRedrivable,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { ExecutionFollowUp, ExecutionStatus, Executions } from "#workflow/ports/executions.ts";
import { toExecutionStatus } from "./execution-records.ts";

/** Stripe waits for the answer, so a Step Functions that does not answer must leave time for the overflow queue. */
const createClient = () =>
  new SFNClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 },
    // Nothing is ever added to the middleware, so it is put in order once and not for every event.
    cacheMiddleware: true,
  });

/** Nobody waits for what is in the overflow queue: it is started as fast as Step Functions takes it, and no faster. */
export const createPatientClient = () =>
  new SFNClient({
    maxAttempts: 6,
    retryMode: "adaptive",
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000 },
  });

/** Names stay taken for 90 days and a redrive is possible for 14: more fresh starts than these cannot fit in. */
const MOST_FRESH_STARTS = 9;

export function createExecutions(
  stateMachineArn: string,
  client = createClient(),
): Executions & ExecutionFollowUp {
  async function start(executionName: string, event: PaymentEvent): Promise<boolean> {
    try {
      const input = JSON.stringify(event);
      await client.send(new StartExecutionCommand({ stateMachineArn, name: executionName, input }));
      return true;
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return false;
      throw error;
    }
  }

  async function redrive(executionName: string): Promise<"redriven" | "duplicate" | "beyond-redrive"> {
    const executionArn = executionArnOf(stateMachineArn, executionName);
    try {
      await client.send(new RedriveExecutionCommand({ executionArn }));
      return "redriven";
    } catch (error) {
      if (!(error instanceof ExecutionNotRedrivable)) throw error;
      if (NOTHING_TO_MEND.test(error.message)) return "duplicate";
      return (await findStatus(executionName)) === "failed" ? "beyond-redrive" : "duplicate";
    }
  }

  async function findStatus(executionName: string): Promise<ExecutionStatus> {
    const executionArn = executionArnOf(stateMachineArn, executionName);
    const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
    return toExecutionStatus(status);
  }

  return {
    /**
     * An execution that already exists may have failed, and Step Functions answers the same for failed and succeeded
     * alike. Asking for a redrive tells them apart and repairs in one call, without DescribeExecution's low quota. One
     * that has failed and is too old to be redriven is followed by a fresh one under the name's next number.
     */
    async startExecution(event) {
      for (let freshStarts = 0; freshStarts <= MOST_FRESH_STARTS; freshStarts += 1) {
        const executionName = executionNameOf(event.eventId, freshStarts);
        if (await start(executionName, event)) return freshStarts === 0 ? "started" : "redriven";
        const outcome = await redrive(executionName);
        if (outcome !== "beyond-redrive") return outcome;
      }
      throw new Error(`the execution of ${event.eventId} has failed for good ${MOST_FRESH_STARTS} times`);
    },

    async ensureExecution(event) {
      const executionName = executionNameOf(event.eventId);
      return (await start(executionName, event)) ? "running" : findStatus(executionName);
    },
  };
}

/**
 * AWS's words for why. They only ever save a DescribeExecution: other words, or none, lead to one, and when that is
 * throttled the event waits in the overflow queue. So no delivery is swallowed for want of the right words.
 */
const NOTHING_TO_MEND = /^Execution is (RUNNING|SUCCEEDED|PENDING_REDRIVE)\b/;

const LONGEST_NAME = 80;

/** @returns at most 80 characters; longer ids keep their beginning and stay different by a digest */
export function executionNameOf(eventId: string, freshStarts = 0): string {
  const suffix = freshStarts === 0 ? "" : `-r${freshStarts}`;
  const room = LONGEST_NAME - "-r9".length;
  if (eventId.length <= room) return `${eventId}${suffix}`;
  const digest = createHash("sha256").update(eventId).digest("hex").slice(0, 32);
  return `${eventId.slice(0, room - digest.length - 1)}-${digest}${suffix}`;
}

export function executionArnOf(stateMachineArn: string, executionName: string): string {
  return `${stateMachineArn.replace(":stateMachine:", ":execution:")}:${executionName}`;
}
