/** Starts executions named after payment events, and redrives those that had failed. */
import {
  ExecutionAlreadyExists,
  ExecutionNotRedrivable,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type {
  ExecutionFollowUp,
  ExecutionStatus,
  Executions,
  LateStarts,
} from "#workflow/ports/executions.ts";
import { type AwsPlace, createAwsClient } from "../aws-client.ts";
import { PATIENCE, type Patience } from "../patience.ts";
import { describeExecution, toExecutionStatus } from "./describe-execution.ts";
import { LIGHT, lighten } from "./lighten.ts";
import { executionArnOf, executionNameOf, MOST_FRESH_STARTS } from "./names.ts";

const createClient = () => lighten(createAwsClient(SFNClient, PATIENCE.webhook, LIGHT));

/** For whoever nobody waits for. */
export const createPatientClient = (aws: AwsPlace = {}, patience: Patience = PATIENCE.background) =>
  createAwsClient(SFNClient, patience, aws);

/** More than all tries of one call take, and than clocks differ by. */
const JUST_NOW_MS = 60_000;

export function createExecutions(
  stateMachineArn: string,
  client = createClient(),
): Executions & ExecutionFollowUp & LateStarts {
  /** @returns when it began, which was long ago of one that runs; undefined of one that is there and runs no more */
  async function startAt(executionName: string, event: PaymentEvent): Promise<Date | undefined> {
    try {
      const input = JSON.stringify(event);
      const started = await client.send(
        new StartExecutionCommand({ stateMachineArn, name: executionName, input }),
      );
      return started.startDate ?? new Date();
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return undefined;
      throw error;
    }
  }

  const start = async (executionName: string, event: PaymentEvent) =>
    (await startAt(executionName, event)) !== undefined;

  async function redrive(executionName: string): Promise<"redriven" | "duplicate" | "beyond-redrive"> {
    const executionArn = executionArnOf(stateMachineArn, executionName);
    try {
      await client.send(new RedriveExecutionCommand({ executionArn }));
      return "redriven";
    } catch (error) {
      if (!(error instanceof ExecutionNotRedrivable)) throw error;
      if (NOTHING_TO_MEND.test(error.message)) return "duplicate";
      const status = await findStatus(executionName);
      // A fresh start too many does no harm; an event that is taken for a duplicate of nothing would be lost.
      return status === "running" || status === "succeeded" ? "duplicate" : "beyond-redrive";
    }
  }

  async function findStatus(executionName: string): Promise<ExecutionStatus> {
    const executionArn = executionArnOf(stateMachineArn, executionName);
    return toExecutionStatus((await describeExecution(client, executionArn))?.status);
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

    async startAfresh(event) {
      for (let freshStarts = 1; freshStarts <= MOST_FRESH_STARTS; freshStarts += 1) {
        if (await start(executionNameOf(event.eventId, freshStarts), event)) return;
      }
      throw new Error(`${event.eventId} has been started afresh ${MOST_FRESH_STARTS} times already`);
    },

    findExecutionStatus: findStatus,

    async startOnce(event) {
      const startedAt = await startAt(executionNameOf(event.eventId), event);
      if (!startedAt) return "there";
      return Date.now() - startedAt.getTime() < JUST_NOW_MS ? "started" : "running";
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
