/** Recorded calls about queues: their names, attributes, tags and lists. */
import { asText } from "../recorded-calls/answer.ts";
import type { Ask, Scenario, Scenarios } from "../recorded-calls/judge-calls.ts";

/** @returns the queue's URL */
export async function createQueue(
  ask: Ask,
  Attributes: Record<string, string> = {},
  QueueName = "judged-queue",
): Promise<string> {
  const { QueueUrl } = await ask("CreateQueue", { QueueName, Attributes });
  return asText(QueueUrl);
}

const ALL = ["All"];

const tags: Scenario = async (ask) => {
  const QueueUrl = await createQueue(ask);
  await ask("TagQueue", { QueueUrl, Tags: { tag1: "value1", tag2: "value2", tag3: "" } });
  await ask("ListQueueTags", { QueueUrl }, "get-tag-1");
  await ask("UntagQueue", { QueueUrl, TagKeys: ["tag1", "tag3"] });
  await ask("ListQueueTags", { QueueUrl }, "get-tag-2");
  await ask("UntagQueue", { QueueUrl, TagKeys: ["tag2"] });
  await ask("ListQueueTags", { QueueUrl }, "get-tag-after-untag");
};

const otherAttributes: Scenario = async (ask) => {
  const QueueName = "judged-queue";
  const create = (Attributes: object, recorded?: string) =>
    ask("CreateQueue", { QueueName, Attributes }, recorded);
  await create({ ReceiveMessageWaitTimeSeconds: "1", DelaySeconds: "1" });
  await create({});
  await create({ DelaySeconds: "1" });
  const later = { ReceiveMessageWaitTimeSeconds: "1", DelaySeconds: "2" };
  const { QueueUrl } = await create(later, "create_queue_01").then(() => create({}));
  await ask("SetQueueAttributes", { QueueUrl, Attributes: { DelaySeconds: "2" } });
  await create(later);
  await create({ ReceiveMessageWaitTimeSeconds: "1", DelaySeconds: "1" }, "create_queue_02");
};

const updatedAttributes: Scenario = async (ask) => {
  const QueueUrl = await createQueue(ask, {
    MessageRetentionPeriod: "604800",
    ReceiveMessageWaitTimeSeconds: "10",
    VisibilityTimeout: "20",
  });
  await ask("GetQueueAttributes", { QueueUrl, AttributeNames: ALL }, "get_queue_attributes");
  const Attributes = { MaximumMessageSize: "2048", VisibilityTimeout: "69", DelaySeconds: "420" };
  await ask("SetQueueAttributes", { QueueUrl, Attributes });
  await ask("GetQueueAttributes", { QueueUrl, AttributeNames: ALL }, "get_updated_queue_attributes");
};

const defaultAttributes: Scenario = async (ask) => {
  const QueueUrl = await createQueue(ask);
  await ask("GetQueueAttributes", { QueueUrl, AttributeNames: ALL }, "get-queue-attributes-initial-values");
  const Attributes = { KmsMasterKeyId: "testKeyId", KmsDataKeyReusePeriodSeconds: "6000" };
  await ask("SetQueueAttributes", { QueueUrl, Attributes });
};

const ofOtherQueues: Scenario = async (ask) => {
  const refused = [
    ["FifoQueue", "invalid-attribute-fifo-queue"],
    ["ContentBasedDeduplication", "invalid-attribute-content-based-deduplication"],
    ["DeduplicationScope", "invalid-attribute-deduplication-scope"],
    ["FifoThroughputLimit", "invalid-attribute-throughput-limit"],
  ];
  for (const [name = "", recorded] of refused)
    await ask("CreateQueue", { QueueName: "judged-queue", Attributes: { [name]: "true" } }, recorded);
};

export const QUEUES: Scenarios = {
  "test_tag_untag_queue[sqs]": tags,
  "test_create_queue_with_different_attributes_raises_exception[sqs]": otherAttributes,
  "test_create_and_update_queue_attributes[sqs]": updatedAttributes,
  "test_set_queue_attributes_default_values[sqs]": defaultAttributes,
  "test_create_standard_queue_with_fifo_attribute_raises_error[sqs]": ofOtherQueues,
  async "test_set_unsupported_attribute_standard[sqs]"(ask) {
    const QueueUrl = await createQueue(ask);
    const set = (FifoQueue: string, recorded: string) =>
      ask("SetQueueAttributes", { QueueUrl, Attributes: { FifoQueue } }, recorded);
    await set("true", "invalid-attr-name-1");
    await set("false", "invalid-attr-name-2");
  },
  async test_list_queues_pagination(ask) {
    const QueueNamePrefix = "7f7df0f5";
    for (let index = 0; index < 10; index += 1)
      await createQueue(ask, {}, `${QueueNamePrefix}-test-queue-${index}`);
    await ask("ListQueues", { QueueNamePrefix }, "list_all");
    const { NextToken } = await ask("ListQueues", { QueueNamePrefix, MaxResults: 2 }, "list_two_max");
    await ask("ListQueues", { QueueNamePrefix, MaxResults: 10, NextToken }, "list_remaining");
  },
  async test_non_existent_queue(ask) {
    const QueueUrl = await createQueue(ask);
    await ask("DeleteQueue", { QueueUrl });
    await ask("GetQueueAttributes", { QueueUrl }, "queue-does-not-exist");
    await ask("GetQueueUrl", { QueueName: "judged-queue" }, "queue-does-not-exist-url");
    // The last answer is one of the older protocol.
    await ask("OlderProtocol", {}, "queue-does-not-exist-query");
  },
  async "test_successive_purge_calls_fail[sqs]"(ask) {
    const QueueUrl = await createQueue(ask);
    await ask("PurgeQueue", { QueueUrl });
    await ask("PurgeQueue", { QueueUrl }, "purge_queue_error");
  },
};
