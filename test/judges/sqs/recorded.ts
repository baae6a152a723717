/** What the real SQS answered, asked of the local one. */
import { judgeCalls, type NotHere } from "../recorded-calls/judge-calls.ts";
import { useSqs } from "../recorded-calls/local-services.ts";
import { MESSAGES } from "./recorded-messages.ts";
import { QUEUES } from "./recorded-queues.ts";

const RECORDINGS = ["sqs/test_sqs", "sqs/test_sqs_move_task"];

export const judgeRecordedQueues = () =>
  judgeCalls("recorded queues", RECORDINGS, useSqs, { ...QUEUES, ...MESSAGES }, NOT_HERE);

const needs = (operation: string, tests: RegExp, input: object = {}): NotHere => ({
  tests,
  why: `it needs ${operation}`,
  operation,
  input,
});

const NOT_HERE: NotHere[] = [
  // Every test of the older protocol was made with the newer one as well.
  needs("OlderProtocol", /\[sqs_query/),
  needs("CreateQueue", /fifo|_dedup|message_deduplication_id/, { QueueName: "judged.fifo" }),
  needs("AddPermission", /permission/),
  needs("StartMessageMoveTask", /move_task|task_handle|redrive_policy$|destination_needs/),
  needs("CreateQueue", /test_set_queue_attributes_default_values|test_sse_/, {
    QueueName: "judged",
    Attributes: { KmsMasterKeyId: "testKeyId" },
  }),
];
