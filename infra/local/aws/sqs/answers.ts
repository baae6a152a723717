/** What SQS answers where fauxqs answers more, less or otherwise. */
import type { QueueOperation, SqsBody } from "./sqs-body.ts";
import { invalidValue } from "./sqs-error.ts";

/** @param deleted messages that fauxqs still counts */
export function asSqsAnswers(
  { operation, input }: Pick<QueueOperation, "operation" | "input">,
  output: SqsBody,
  deleted: number,
): SqsBody {
  if (operation === "GetQueueAttributes") return { Attributes: attributes(input, output, deleted) };
  if (operation === "ListQueues") return page(input, output.QueueUrls ?? []);
  if (operation === "SendMessageBatch")
    return { ...output, Failed: (output.Failed ?? []).map(asRefusedEntry) };
  return output;
}

/** Of an entry SQS says this in other words than of a message alone. */
const asRefusedEntry = (entry: SqsBody & { Id: string }) => ({
  ...entry,
  Message: String(entry["Message"]).replace("parameters are invalid", "parameters cannot be validated"),
});

/** SQS leaves out what is empty. */
export function withoutEmpty(output: SqsBody): SqsBody {
  const isEmpty = (value: unknown) =>
    value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(output).filter(([, value]) => !isEmpty(value)));
}

function attributes(input: SqsBody, { Attributes = {} }: SqsBody, deleted: number): Record<string, string> {
  const wanted = (input["AttributeNames"] ?? []) as string[];
  if (wanted.length === 0) return {};
  const isWanted = (name: string) => wanted.includes("All") || wanted.includes(name);
  const known = { ...(Attributes as Record<string, string>), SqsManagedSseEnabled: "true" };
  const given = Object.entries(known).filter(([name, value]) => isWanted(name) && value !== "");
  return Object.fromEntries(
    given.map(([name, value]) =>
      name === "ApproximateNumberOfMessages"
        ? [name, String(Math.max(0, Number(value) - deleted))]
        : [name, value],
    ),
  );
}

const LONGEST_PAGE = 1_000;

/** The token is the last queue that was shown. */
function page({ MaxResults, NextToken }: SqsBody, urls: string[]): SqsBody {
  const last = Buffer.from(NextToken ?? "", "base64").toString();
  if (NextToken && !urls.includes(last)) throw invalidValue("Invalid or expired next token.");
  const rest = urls.slice(NextToken ? urls.indexOf(last) + 1 : 0);
  const QueueUrls = rest.slice(0, typeof MaxResults === "number" ? MaxResults : LONGEST_PAGE);
  const isMore = typeof MaxResults === "number" && QueueUrls.length < rest.length;
  return { QueueUrls, ...(isMore && { NextToken: Buffer.from(QueueUrls.at(-1) ?? "").toString("base64") }) };
}
