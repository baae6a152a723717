/** Recorded calls about messages: what may be sent, and what a receiver gets. */
import { setTimeout as pause } from "node:timers/promises";
import type { Body, Json } from "../recorded-calls/answer.ts";
import type { Ask, Scenario, Scenarios } from "../recorded-calls/judge-calls.ts";
import { createQueue } from "./recorded-queues.ts";

/** Whatever may be sent at most, this is what the attribute below takes of it. */
const ATTRIBUTE = { k: { DataType: "String", StringValue: "x" } };
const ATTRIBUTE_BYTES = "kStringx".length;
const MOST_BYTES = 1_048_576;

/** The smallest timeout that SQS knows is a second. */
const PAST_A_SECOND_MS = 1_050;

const firstMessage = ({ Messages }: Body): Json => (Array.isArray(Messages) ? (Messages[0] ?? null) : null);
const handleOf = (body: Body) => (firstMessage(body) as Body | null)?.["ReceiptHandle"];

const oversized =
  (bytes: number, Attributes = {}): Scenario =>
  async (ask) => {
    const QueueUrl = await createQueue(ask, Attributes);
    const MessageBody = "a".repeat(bytes - ATTRIBUTE_BYTES + 1);
    const input = { QueueUrl, MessageBody, MessageAttributes: ATTRIBUTE };
    await ask("SendMessage", input, "send_oversized_message");
  };

const oversizedBatch =
  (bytes: number, Attributes = {}): Scenario =>
  async (ask) => {
    const QueueUrl = await createQueue(ask, Attributes);
    const MessageBody = "a".repeat(bytes - ATTRIBUTE_BYTES);
    const Entries = [
      { Id: "1", MessageBody, MessageAttributes: ATTRIBUTE },
      { Id: "2", MessageBody: "a" },
    ];
    await ask("SendMessageBatch", { QueueUrl, Entries }, "send_oversized_message_batch");
  };

const batch =
  (operation: string, ids: string[], recorded: string, fields: object): Scenario =>
  async (ask) => {
    const QueueUrl = await createQueue(ask);
    const Entries = ids.map((Id) => ({ Id, ...fields }));
    await ask(operation, { QueueUrl, Entries }, recorded);
  };

const TOO_MANY = Array.from({ length: 20 }, (_, index) => `message-${index}`);
const HANDLE = { ReceiptHandle: "whatever" };

const group =
  (MessageGroupId: string): Scenario =>
  async (ask) => {
    const QueueUrl = await createQueue(ask);
    await ask("SendMessage", { QueueUrl, MessageBody: "message", MessageGroupId }, "error-response");
  };

/** A queue that hides nothing, with one message in it. */
async function oneMessage(ask: Ask, input: object, recorded?: string) {
  const QueueUrl = await createQueue(ask, { VisibilityTimeout: "0" });
  await ask("SendMessage", { QueueUrl, MessageBody: "msg", ...input }, recorded);
  return (filter: object, name: string, part?: (body: Body) => Json) =>
    ask("ReceiveMessage", { QueueUrl, ...filter }, name, part);
}

const text = (StringValue: string) => ({ DataType: "String", StringValue });

const attributeFilters: Scenario = async (ask) => {
  const MessageAttributes = {
    "Help.Me": text("Me"),
    Hello: text("There"),
    General: text("Kenobi"),
  };
  const receive = await oneMessage(ask, { MessageAttributes }, "send_message_response");
  const filter = (...MessageAttributeNames: string[]) => ({ MessageAttributeNames });
  await receive(filter(), "empty_filter");
  await receive(filter("All"), "all_name");
  await receive(filter("*"), "all_wildcard_asterisk", firstMessage);
  await receive(filter(".*"), "all_wildcard", firstMessage);
  await receive(filter("Foo", "Help"), "only_non_existing_names", firstMessage);
  await receive(filter("Hello", "General"), "only_existing", firstMessage);
  await receive(filter("Foo", "Hello"), "existing_and_non_existing", firstMessage);
  await receive(filter("Hel.*"), "prefix_filter", firstMessage);
  await receive(filter("AWS."), "illegal_name_1");
  await receive(filter("..foo"), "illegal_name_2");
};

const systemFilters =
  (parameter: string): Scenario =>
  async (ask) => {
    const receive = await oneMessage(ask, { MessageAttributes: { Foo: text("Bar") } });
    await receive({ [parameter]: ["All"] }, "all_attributes");
    const everything = { [parameter]: ["All"], MessageAttributeNames: ["All"] };
    await receive(everything, "all_system_and_message_attributes");
    await receive({ [parameter]: ["SenderId"] }, "single_attribute");
    await receive({ [parameter]: ["SenderId", "SequenceNumber"] }, "multiple_attributes");
  };

const waiting: Scenario = async (ask) => {
  const QueueUrl = await createQueue(ask);
  for (let sent = 0; sent < 2; sent += 1) await ask("SendMessage", { QueueUrl, MessageBody: "message" });
  const receive = (input: object, recorded: string) =>
    ask("ReceiveMessage", { QueueUrl, ...input }, recorded);
  await receive({ WaitTimeSeconds: 21 }, "recieve_message_error_too_large");
  await receive({ WaitTimeSeconds: -1 }, "recieve_message_error_too_small");
  await receive({ MaxNumberOfMessages: 1 }, "empty_short_poll_by_default_resp");
  await receive({ MaxNumberOfMessages: 1, WaitTimeSeconds: 0 }, "empty_short_poll_explicit_resp");
};

const empty: Scenario = async (ask) => {
  const QueueUrl = await createQueue(ask);
  await ask("ReceiveMessage", { QueueUrl }, "empty_short_poll_resp_no_param");
  await ask("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 1 }, "empty_short_poll_resp");
  await ask("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 1 }, "empty_long_poll_resp");
};

/** @param then what is done with the receipt whose time has run out */
const expired =
  (then: (ask: Ask, receipt: object, QueueUrl: string) => Promise<unknown>): Scenario =>
  async (ask) => {
    const QueueUrl = await createQueue(ask, { VisibilityTimeout: "1" });
    await ask("SendMessage", { QueueUrl, MessageBody: "foobar" });
    const ReceiptHandle = handleOf(await ask("ReceiveMessage", { QueueUrl }));
    await pause(PAST_A_SECOND_MS);
    await then(ask, { QueueUrl, ReceiptHandle }, QueueUrl);
  };

const TRACE = { AWSTraceHeader: text("Root=1-5759e988-bd862e3fe1be46a994272793") };

/** What it receives before a message is given up is what the others have shown; traces are not kept here. */
const traced: Scenario = async (ask) => {
  const QueueUrl = await createQueue(ask);
  await ask("SendMessage", { QueueUrl, MessageBody: "test", MessageSystemAttributes: TRACE });
};

export const MESSAGES: Scenarios = {
  "test_send_oversized_message[sqs]": oversized(MOST_BYTES),
  "test_send_message_with_updated_maximum_message_size[sqs]": oversized(1024, { MaximumMessageSize: "1024" }),
  "test_send_message_batch_with_oversized_contents[sqs]": oversizedBatch(MOST_BYTES),
  "test_send_message_batch_with_oversized_contents_with_updated_maximum_message_size[sqs]": oversizedBatch(
    2048,
    {
      MaximumMessageSize: "2048",
    },
  ),
  "test_too_many_entries_in_batch_request[sqs]": batch(
    "SendMessageBatch",
    TOO_MANY,
    "test_too_many_entries_in_batch_request",
    { MessageBody: "body" },
  ),
  "test_invalid_batch_id[sqs]": batch("SendMessageBatch", ["message:1"], "test_invalid_batch_id", {
    MessageBody: "body",
  }),
  ...Object.fromEntries(
    ["", "testLongId".repeat(10), "invalid:id"].map((id) => [
      `test_delete_message_batch_invalid_msg_id[sqs-${id}]`,
      batch("DeleteMessageBatch", [id], "error_response", HANDLE),
    ]),
  ),
  "test_delete_message_batch_with_too_large_batch[sqs]": batch(
    "DeleteMessageBatch",
    TOO_MANY,
    "error_response",
    HANDLE,
  ),
  "test_change_message_visibility_batch_with_too_large_batch[sqs]": batch(
    "ChangeMessageVisibilityBatch",
    TOO_MANY,
    "error_response",
    { ...HANDLE, VisibilityTimeout: 123 },
  ),
  "test_send_message_to_standard_queue_with_invalid_message_group_id[empty]": group(""),
  "test_send_message_to_standard_queue_with_invalid_message_group_id[too_long]": group("a".repeat(129)),
  "test_send_message_to_standard_queue_with_invalid_message_group_id[spaces]": group("group 123"),
  "test_fair_queue_with_message_group_id[sqs]": group("test"),
  "test_receive_message_message_attribute_names_filters[sqs]": attributeFilters,
  "test_receive_message_attribute_names_filters[sqs]": systemFilters("AttributeNames"),
  "test_receive_message_message_system_attribute_names_filters[sqs]": systemFilters(
    "MessageSystemAttributeNames",
  ),
  async "test_message_system_attribute_names_with_attribute_names[sqs]"(ask) {
    const receive = await oneMessage(ask, { MessageAttributes: { Foo: text("Bar") } });
    const all = { MessageSystemAttributeNames: ["All"] };
    await receive({ ...all, AttributeNames: ["All"] }, "same_values");
    await receive({ ...all, AttributeNames: ["SenderId"] }, "different_values");
  },
  "test_send_receive_wait_time_seconds[sqs]": waiting,
  "test_receive_empty_queue[sqs]": empty,
  "test_delete_after_visibility_timeout[sqs]": expired(async (ask, receipt, QueueUrl) => {
    await ask("DeleteMessage", receipt);
    await ask("ReceiveMessage", { QueueUrl }, "delete_after_timeout_queue_empty");
  }),
  "test_change_message_visibility_after_visibility_timeout_expiration[sqs]": expired((ask, receipt) =>
    ask("ChangeMessageVisibility", { ...receipt, VisibilityTimeout: 2 }, "visibility_timeout_expired"),
  ),
  test_dead_letter_queue_message_attributes: traced,
  "test_aws_trace_header_propagation[sqs]": traced,
  async "test_send_receive_max_number_of_messages[sqs]"(ask) {
    const QueueUrl = await createQueue(ask);
    await ask("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 11 }, "send_max_number_of_messages");
  },
  async "test_send_empty_message[sqs]"(ask) {
    const QueueUrl = await createQueue(ask);
    await ask("SendMessage", { QueueUrl, MessageBody: "" }, "send_empty_message");
  },
  async "test_send_message_with_empty_string_attribute[sqs]"(ask) {
    const QueueUrl = await createQueue(ask);
    const MessageAttributes = { ErrorDetails: text("") };
    await ask("SendMessage", { QueueUrl, MessageBody: "test", MessageAttributes }, "empty-string-attr");
  },
  async "test_send_message_with_binary_attributes[sqs]"(ask) {
    const QueueUrl = await createQueue(ask);
    const value = "traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01";
    const BinaryValue = Buffer.from(value).toString("base64");
    const MessageAttributes = { attr1: { DataType: "Binary", BinaryValue } };
    await ask("SendMessage", { QueueUrl, MessageBody: "test", MessageAttributes });
    await ask("ReceiveMessage", { QueueUrl, MessageAttributeNames: ["All"] }, "binary-attrs-msg");
  },
  async test_send_batch_message_size(ask) {
    const QueueUrl = await createQueue(ask, { MaximumMessageSize: "1024" });
    const Entries = [
      { Id: "a4cff0d1-1961-44bd-ae53-c6d5ed71ed08", MessageBody: "a".repeat(1024) },
      { Id: "35b535ed-b76a-4ebd-b749-6eb35cdb55ee", MessageBody: "a".repeat(1025) },
    ];
    await ask("SendMessageBatch", { QueueUrl, Entries }, "send-message-batch-result");
  },
  async test_send_message_via_queue_url_with_json_protocol(ask) {
    const QueueUrl = await createQueue(ask);
    await ask("ReceiveMessage", { QueueUrl, WaitTimeSeconds: 1 }, "receive-json-on-queue-url");
  },
  // These have looked at the answers themselves, and kept none.
  async "test_set_empty_redrive_policy[sqs]"() {},
  async test_invalid_dead_letter_arn_rejected_before_lookup() {},
  async "test_approximate_number_of_messages_not_visible[sqs]"() {},
};
