/** What SQS takes as a batch, and how an entry of one is refused alone. */
import type { SqsBody } from "../sqs-body.ts";
import { olderCodeOf, SqsError } from "../sqs-error.ts";
import type { MessageAttribute } from "./message.ts";

type Entry = SqsBody & { Id: string };

const MOST_ENTRIES = 10;
const MOST_BYTES = 1_048_576;

/** @throws SqsError for what refuses the whole batch */
export function checkBatch(operation: string, entries: Entry[]): void {
  if (entries.length === 0)
    throw new SqsError(
      "EmptyBatchRequest",
      `There should be at least one ${operation}RequestEntry in the request.`,
    );
  if (entries.length > MOST_ENTRIES)
    throw new SqsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`,
    );
  const ids = new Set<string>();
  for (const { Id } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id))
      throw new SqsError(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
      );
    if (ids.has(Id)) throw new SqsError("BatchEntryIdsNotDistinct", `Id ${Id} repeated.`);
    ids.add(Id);
  }
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes > MOST_BYTES)
    throw new SqsError(
      "BatchRequestTooLong",
      `Batch requests cannot be longer than ${MOST_BYTES} bytes. You have sent ${bytes} bytes.`,
    );
}

function sizeOf({ MessageBody = "", MessageAttributes = {} }: Entry): number {
  const attributes = Object.entries(MessageAttributes as Record<string, MessageAttribute>);
  return attributes.reduce((sum, [name, { DataType = "", StringValue = "", BinaryValue = "" }]) => {
    const text = Buffer.byteLength(name + DataType + StringValue);
    return sum + text + Buffer.byteLength(BinaryValue, "base64");
  }, Buffer.byteLength(MessageBody));
}

/** @returns the entries that pass, and the refusals of the others */
export function partEntries(
  entries: Entry[],
  check: (entry: Entry) => void,
): [passed: Entry[], failed: Entry[]] {
  const passed: Entry[] = [];
  const failed: Entry[] = [];
  for (const entry of entries) {
    try {
      check(entry);
      passed.push(entry);
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      const Code = olderCodeOf(error.name);
      failed.push({ Id: entry.Id, SenderFault: true, Code, Message: error.message });
    }
  }
  return [passed, failed];
}
