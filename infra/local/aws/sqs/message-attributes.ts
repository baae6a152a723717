/** What a receiver gets of a message's attributes: those that were asked for, with the digest of these. */
import { createHash, type Hash } from "node:crypto";
import type { MessageAttribute } from "./requests/message.ts";
import type { SqsBody } from "./sqs-body.ts";

type Attributes = Record<string, MessageAttribute>;

const ALL = ["All", "*", ".*"];

/** @param wanted names, beginnings that end with `.*`, or `All` */
export function withWantedAttributes(message: SqsBody, wanted: string[]): SqsBody {
  const { MessageAttributes: _all, MD5OfMessageAttributes: _ofAll, ...rest } = message;
  const attributes = Object.entries((message["MessageAttributes"] ?? {}) as Attributes).filter(([name]) =>
    wanted.some((one) => isWanted(name, one)),
  );
  if (attributes.length === 0) return rest;
  const MessageAttributes = Object.fromEntries(attributes);
  return { ...rest, MessageAttributes, MD5OfMessageAttributes: digestOf(MessageAttributes) };
}

function isWanted(name: string, wanted: string): boolean {
  if (ALL.includes(wanted) || name === wanted) return true;
  return wanted.endsWith(".*") && name.startsWith(wanted.slice(0, -2));
}

/** As SQS's documentation has it: each part with its length before it, in the order of the names. */
function digestOf(attributes: Attributes): string {
  const digest = createHash("md5");
  for (const name of Object.keys(attributes).sort()) {
    const { DataType = "", StringValue, BinaryValue = "" } = attributes[name] ?? {};
    addPart(digest, Buffer.from(name));
    addPart(digest, Buffer.from(DataType));
    digest.update(Buffer.of(StringValue === undefined ? 2 : 1));
    addPart(
      digest,
      StringValue === undefined ? Buffer.from(BinaryValue, "base64") : Buffer.from(StringValue),
    );
  }
  return digest.digest("hex");
}

function addPart(digest: Hash, part: Buffer): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  digest.update(length).update(part);
}
