/** A queue is known by its name; the three forms in which it is written. */
import { ACCOUNT } from "#infra/local/names.ts";

/** What fauxqs calls a queue whose creator wrote to the host `localhost`. It knows no other form. */
export const FAUXQS_HOST = "localhost";
export const toFauxqsUrl = (queueName: string) =>
  `http://sqs.us-east-1.${FAUXQS_HOST}/${ACCOUNT}/${queueName}`;

/** @param queueUrl with any host and port, or the bare name */
export const toQueueName = (queueUrl: string) => queueUrl.slice(queueUrl.lastIndexOf("/") + 1);
