/** fauxqs, called in-process. It holds everything in memory and knows queues by URLs of its own. */
import { buildApp } from "fauxqs";
import { REGION } from "#infra/local/names.ts";
import { FAUXQS_HOST } from "./queue-names.ts";
import type { SqsBody } from "./sqs-body.ts";
import { SqsError } from "./sqs-error.ts";

export interface QueuesInMemory {
  /** @throws SqsError when it is refused */
  call(operation: string, input: SqsBody): Promise<SqsBody>;
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

  return {
    async call(operation, input) {
      const { statusCode, body } = await app.inject({
        method: "POST",
        url: "/",
        headers: {
          host: FAUXQS_HOST,
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": `AmazonSQS.${operation}`,
        },
        payload: JSON.stringify(input),
      });
      const output = JSON.parse(body) as SqsBody;
      if (statusCode !== 200) throw explain(output);
      return output;
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

/** Where fauxqs calls an error by SQS's older code. */
const CLASSES: Record<string, string> = {
  InvalidParameterValue: "InvalidParameterValueException",
  MissingParameter: "MissingRequiredParameterException",
};

function explain({ __type, message }: SqsBody): SqsError {
  const name = String(__type).split("#").at(-1) ?? "";
  return new SqsError(CLASSES[name] ?? name, String(message));
}
