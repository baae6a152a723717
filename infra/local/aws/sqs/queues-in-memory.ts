/** fauxqs, called in-process. It holds everything in memory and knows queues by URLs of its own. */
import { buildApp } from "fauxqs";
import { REGION } from "#infra/local/names.ts";
import type { AwsReply } from "../wire.ts";
import { FAUXQS_HOST } from "./queue-names.ts";
import type { SqsBody } from "./sqs-body.ts";

export interface QueuesInMemory {
  call(operation: string, input: SqsBody): Promise<AwsReply>;
  /** @throws Error for an answer that is not a success */
  require(operation: string, input: SqsBody): Promise<SqsBody>;
  /** Of all messages that the queue holds, received or not. */
  listMessageIds(queueName: string): Promise<string[]>;
  close(): Promise<void>;
}

interface Inspection {
  messages: {
    ready: { messageId: string }[];
    delayed: { messageId: string }[];
    inflight: { message: { messageId: string } }[];
  };
}

export function createQueuesInMemory(): QueuesInMemory {
  const app = buildApp({ logger: false, defaultRegion: REGION });

  async function call(operation: string, input: SqsBody): Promise<AwsReply> {
    const { statusCode, headers, body } = await app.inject({
      method: "POST",
      url: "/",
      headers: {
        host: FAUXQS_HOST,
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `AmazonSQS.${operation}`,
      },
      payload: JSON.stringify(input),
    });
    const queryError = headers["x-amzn-query-error"];
    return {
      status: statusCode,
      headers: {
        "content-type": "application/x-amz-json-1.0",
        ...(queryError !== undefined && { "x-amzn-query-error": asCoded(String(queryError)) }),
      },
      body,
    };
  }

  return {
    call,
    async require(operation, input) {
      const { status, body } = await call(operation, input);
      if (status !== 200) throw new Error(`${operation} was refused: ${body}`);
      return JSON.parse(body) as SqsBody;
    },
    async listMessageIds(queueName) {
      const { statusCode, body } = await app.inject({
        url: `/_fauxqs/queues/${queueName}`,
        headers: { host: FAUXQS_HOST },
      });
      if (statusCode !== 200) return [];
      const { ready, delayed, inflight } = (JSON.parse(body) as Inspection).messages;
      const messages = [...ready, ...delayed, ...inflight.map(({ message }) => message)];
      return messages.map(({ messageId }) => messageId);
    },
    close: () => app.close(),
  };
}

/** fauxqs puts the prefix that some of AWS's codes have before all of them. */
const WITHOUT_PREFIX =
  /^AWS\.SimpleQueueService\.(?=InvalidParameterValue|InvalidAttribute|MissingParameter|QueueAlreadyExists|AccessDenied|InvalidMessageContents|InternalError|InvalidSecurity|OverLimit|ReceiptHandleIsInvalid)/;

const asCoded = (queryError: string) => queryError.replace(WITHOUT_PREFIX, "");
