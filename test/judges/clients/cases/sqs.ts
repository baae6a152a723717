/** Calls of SQS, on a queue of the judge's own. */
import { queueUrl } from "#infra/local/names.ts";
import { bytes, type Cases, callsOf, of, pagingsOf } from "./call.ts";

const { call, refuse } = callsOf("sqs");

const ATTRIBUTE = { DataType: "String", StringValue: "text" };
const BINARY = { DataType: "Binary", BinaryValue: bytes("binary") };
const NO_HANDLE = "made-up";

export function sqsCases(awsUrl: string): Cases {
  const queue = { QueueUrl: queueUrl(awsUrl, "judged") };
  const nobodys = { QueueUrl: queueUrl(awsUrl, "nobodys") };
  const received = (path: string) => of("received", path);
  const entry = (Id: string) => ({ Id, MessageBody: "one of a batch" });
  return {
    steps: [
      call("CreateQueue", { QueueName: "judged", Attributes: { VisibilityTimeout: "300" } }),
      refuse("QueueNameExists", "CreateQueue", {
        QueueName: "judged",
        Attributes: { VisibilityTimeout: "5" },
      }),
      refuse("InvalidAttributeName", "CreateQueue", { QueueName: "odd", Attributes: { Nonsense: "1" } }),
      call("CreateQueue", { QueueName: "judged-too" }),
      call("CreateQueue", { QueueName: "judged-three" }),
      call("GetQueueUrl", { QueueName: "judged" }),
      refuse("QueueDoesNotExist", "GetQueueUrl", { QueueName: "nobodys" }),
      call("ListQueues"),
      call("ListQueues", { QueueNamePrefix: "judged", MaxResults: 1 }),
      call("GetQueueAttributes", { ...queue, AttributeNames: ["All"] }),
      refuse("QueueDoesNotExist", "GetQueueAttributes", { ...nobodys, AttributeNames: ["All"] }),
      refuse("InvalidAttributeName", "GetQueueAttributes", { ...queue, AttributeNames: ["Nonsense"] }),
      call("SetQueueAttributes", { ...queue, Attributes: { DelaySeconds: "0" } }),
      refuse("InvalidAttributeValue", "SetQueueAttributes", {
        ...queue,
        Attributes: { DelaySeconds: "many" },
      }),
      refuse("QueueDoesNotExist", "SetQueueAttributes", { ...nobodys, Attributes: { DelaySeconds: "0" } }),
      call("TagQueue", { ...queue, Tags: { team: "courses" } }),
      call("ListQueueTags", queue),
      call("UntagQueue", { ...queue, TagKeys: ["team"] }),
      call("ListQueueTags", queue),
      refuse("QueueDoesNotExist", "ListQueueTags", nobodys),
      refuse("QueueDoesNotExist", "TagQueue", { ...nobodys, Tags: {} }),
      refuse("QueueDoesNotExist", "UntagQueue", { ...nobodys, TagKeys: ["team"] }),
      call("SendMessage", {
        ...queue,
        MessageBody: "one",
        MessageAttributes: { text: ATTRIBUTE, binary: BINARY },
      }),
      refuse("InvalidMessageContents", "SendMessage", { ...queue, MessageBody: "\u0001" }),
      refuse("QueueDoesNotExist", "SendMessage", { ...nobodys, MessageBody: "one" }),
      call("SendMessageBatch", { ...queue, Entries: [entry("a"), entry("b")] }),
      refuse("EmptyBatchRequest", "SendMessageBatch", { ...queue, Entries: [] }),
      refuse("BatchEntryIdsNotDistinct", "SendMessageBatch", { ...queue, Entries: [entry("a"), entry("a")] }),
      refuse("InvalidBatchEntryId", "SendMessageBatch", { ...queue, Entries: [entry("a b")] }),
      refuse("TooManyEntriesInBatchRequest", "SendMessageBatch", { ...queue, Entries: manyEntries(entry) }),
      call(
        "ReceiveMessage",
        {
          ...queue,
          MaxNumberOfMessages: 10,
          MessageAttributeNames: ["All"],
          MessageSystemAttributeNames: ["All"],
        },
        { as: "received" },
      ),
      refuse("QueueDoesNotExist", "ReceiveMessage", nobodys),
      call("ChangeMessageVisibility", {
        ...queue,
        ReceiptHandle: received("Messages[0].ReceiptHandle"),
        VisibilityTimeout: 60,
      }),
      refuse("ReceiptHandleIsInvalid", "ChangeMessageVisibility", {
        ...queue,
        ReceiptHandle: NO_HANDLE,
        VisibilityTimeout: 60,
      }),
      call("ChangeMessageVisibilityBatch", {
        ...queue,
        Entries: [
          { Id: "a", ReceiptHandle: received("Messages[1].ReceiptHandle"), VisibilityTimeout: 60 },
          { Id: "b", ReceiptHandle: NO_HANDLE, VisibilityTimeout: 60 },
        ],
      }),
      refuse("QueueDoesNotExist", "ChangeMessageVisibilityBatch", {
        ...nobodys,
        Entries: [{ Id: "a", ReceiptHandle: NO_HANDLE, VisibilityTimeout: 1 }],
      }),
      call("DeleteMessage", { ...queue, ReceiptHandle: received("Messages[0].ReceiptHandle") }),
      refuse("ReceiptHandleIsInvalid", "DeleteMessage", { ...queue, ReceiptHandle: NO_HANDLE }),
      call("DeleteMessageBatch", {
        ...queue,
        Entries: [
          { Id: "a", ReceiptHandle: received("Messages[1].ReceiptHandle") },
          { Id: "b", ReceiptHandle: NO_HANDLE },
        ],
      }),
      refuse("EmptyBatchRequest", "DeleteMessageBatch", { ...queue, Entries: [] }),
      call("PurgeQueue", { QueueUrl: queueUrl(awsUrl, "judged-too") }),
      refuse("QueueDoesNotExist", "PurgeQueue", nobodys),
      call("DeleteQueue", { QueueUrl: queueUrl(awsUrl, "judged-three") }),
      refuse("QueueDoesNotExist", "DeleteQueue", nobodys),
    ],
    pagings: [
      pagingsOf("sqs")("ListQueues", {
        input: {},
        ids: "QueueUrls[]",
        sizes: [1, 2, 3],
        least: 4,
        badToken: {
          input: { MaxResults: 1, NextToken: "made-up" },
          refused: "InvalidParameterValueException",
        },
      }),
    ],
  };
}

const manyEntries = <Entry>(entry: (id: string) => Entry): Entry[] =>
  Array.from({ length: 11 }, (_, index) => entry(`entry-${index}`));
