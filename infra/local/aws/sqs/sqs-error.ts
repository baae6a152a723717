/** SQS's refusals: their class, and the code and status of its older protocol, which it has kept. */
import type { AwsReply } from "../wire.ts";

/** Where the older code is not the class's name with the prefix. */
const OLDER_CODES: Record<string, string> = {
  InvalidParameterValueException: "InvalidParameterValue",
  MissingRequiredParameterException: "MissingParameter",
  QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue",
  QueueNameExists: "QueueAlreadyExists",
};
const WITHOUT_PREFIX =
  /^(?:InvalidAttribute|InvalidMessageContents|InvalidIdFormat|OverLimit|ReceiptHandleIsInvalid)/;
const STATUSES: Record<string, number> = {
  ReceiptHandleIsInvalid: 404,
  PurgeQueueInProgress: 403,
  OverLimit: 403,
};

export class SqsError extends Error {
  /** @param name the class that the SDK throws */
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** What a parameter's value is refused with. */
export const invalidValue = (message: string) => new SqsError("InvalidParameterValueException", message);

/** What AWS has and this machine has not is refused, instead of being passed over in silence. */
export const notHere = (what: string) =>
  new SqsError("UnsupportedOperation", `${what} is not available here.`);

/** Also what a batch says of one of its entries. */
export const olderCodeOf = (name: string) =>
  OLDER_CODES[name] ?? (WITHOUT_PREFIX.test(name) ? name : `AWS.SimpleQueueService.${name}`);

export function sqsErrorReply({ name, message }: SqsError): AwsReply {
  return {
    status: STATUSES[name] ?? 400,
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amzn-query-error": `${olderCodeOf(name)};Sender`,
    },
    body: JSON.stringify({ __type: `com.amazonaws.sqs#${name}`, message }),
  };
}
