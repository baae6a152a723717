/** Whole executions, event by event: the local Step Functions beside what the real one recorded. */
import { mapConcurrently } from "#workflow/map-concurrently.ts";
import { emptyVerdict, type Verdict } from "../verdict.ts";
import { type RecordedEvent, type RecordedHistory, readHistories } from "./recorded-histories.ts";
import { replay } from "./replay.ts";

export async function judgeHistories(): Promise<Verdict> {
  const verdict = emptyVerdict("histories");
  await mapConcurrently(readHistories(), (history) => judgeHistory(history, verdict));
  verdict.differences.sort((one, other) => one.what.localeCompare(other.what));
  return verdict;
}

async function judgeHistory(history: RecordedHistory, verdict: Verdict): Promise<void> {
  const events = await replay(history);
  if (!events) {
    verdict.refused += 1;
    return;
  }
  const [theirs, ours] = [describe(history.events), describe(events)];
  const first = theirs.findIndex((event, index) => !isSame(event, ours[index] ?? ""));
  if (first < 0 && theirs.length === ours.length) verdict.equal += 1;
  else {
    const at = first < 0 ? theirs.length : first;
    const what = `${history.what}, event ${at + 1}`;
    verdict.differences.push({
      what,
      theirs: theirs[at] ?? "nothing more",
      ours: ours[at] ?? "nothing more",
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

function sorted(value: unknown): unknown {
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
function isSame(theirs: string, ours: string): boolean {
  if (theirs === ours) return true;
  const pattern = theirs.split(/<[^<>"]*>/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join('[^"]*')}$`).test(ours);
}
