/** Two histories, event by event. */
import type { Verdict } from "../verdict.ts";
import type { RecordedEvent } from "./recorded-histories.ts";

/** Adds to the verdict the first difference, if there is one; `equal` counts histories. */
export function compareHistories(
  what: string,
  { theirs, ours }: { theirs: RecordedEvent[]; ours: RecordedEvent[] },
  verdict: Verdict,
): void {
  const [expected, found] = [describe(theirs), describe(ours)];
  const first = expected.findIndex((event, index) => !isSame(event, found[index] ?? ""));
  if (first < 0 && expected.length === found.length) verdict.equal += 1;
  else {
    const at = first < 0 ? expected.length : first;
    verdict.differences.push({
      what: `${what}, event ${at + 1}`,
      theirs: expected[at] ?? "nothing more",
      ours: found[at] ?? "nothing more",
    });
  }
}

/** What an account, an instant and the runtime of somebody else's function decide. */
const NOT_COMPARED = [
  "roleArn",
  "SdkHttpMetadata",
  "SdkResponseMetadata",
  "region",
  "MD5OfMessageBody",
  "MessageId",
  "requestId",
  "stackTrace",
  "trace",
];

/** One line per event: its type and its details, with documents read as what they hold. */
const describe = (events: RecordedEvent[]): string[] =>
  events.map((event) => {
    const details = Object.entries(event).find(([field]) => field.endsWith("EventDetails"))?.[1];
    return `${event.type} ${JSON.stringify(sorted(details ?? {}))}`;
  });

/** The value with its fields in one order, and without what is not compared. */
export function sorted(value: unknown): unknown {
  // The recordings know empty text as null.
  if (value === "") return null;
  if (typeof value === "string") return readDocument(value);
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(
    ([field, content]) => !NOT_COMPARED.includes(field) && content !== undefined,
  );
  return Object.fromEntries(
    fields
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([field, content]) => [field, sorted(content)]),
  );
}

function readDocument(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return sorted(JSON.parse(text));
  } catch {
    return text;
  }
}

/** `<...>` in a recording stands for anything. */
export function isSame(theirs: string, ours: string): boolean {
  if (theirs === ours) return true;
  const pattern = theirs.split(/<[^<>"]*>/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join('[^"]*')}$`).test(ours);
}
