/** From what was used to what it costs at list prices. */
import { LIST_PRICES as PRICE } from "#test/support/list-prices.ts";
import { sumOf } from "../model/meter.ts";
import type { Counted } from "./counted.ts";
import { ACCESS_BYTES, EXECUTION_EVENT_BYTES, INVOCATION_BYTES, withLines } from "./log-lines.ts";

export interface BillLine {
  service: string;
  /** For a thousand enrollments. */
  dollars: number;
  /** What was counted for one. */
  because: string;
}

/** What a first visit loads of the client itself, compressed: a test of the client's pages holds its scripts to less. */
export const FIRST_VISIT = { files: 14, bytes: 250_000 };
/** What an answer of the API takes on the line. */
const ANSWER_BYTES = 1_500;

/** @param files loaded of the client, for each student */
export function billOf(
  { purchases, usage, logBytes, logLines }: Counted,
  { files, bytes }: typeof FIRST_VISIT,
): BillLine[] {
  const each = (count: number) => count / purchases;
  const requests = each(sumOf(usage.gatewayRequests));
  const invocations = each(sumOf(usage.invocations));
  const gigabyteSeconds = each(usage.gigabyteSeconds);
  const transitions = each(usage.stateTransitions);
  const [reads, writes] = [each(usage.tableReadUnits), each(usage.tableWriteUnits)];
  const logged =
    each(withLines(logBytes, logLines)) +
    invocations * INVOCATION_BYTES +
    requests * ACCESS_BYTES +
    each(eventsOf(usage)) * EXECUTION_EVENT_BYTES;
  const edge = requests + files;
  const edgeBytes = requests * ANSWER_BYTES + bytes;
  const [sent, secrets] = [each(usage.queueRequests), each(usage.secretReads)];
  return [
    line("Step Functions", transitions * PRICE.stateTransition, `${round(transitions)} state transitions`),
    line(
      "Lambda",
      invocations * PRICE.lambdaRequest + gigabyteSeconds * PRICE.lambdaGigabyteSecond,
      `${round(invocations)} invocations, ${round(gigabyteSeconds)} GB-seconds`,
    ),
    line("HTTP API", requests * PRICE.httpApiRequest, `${round(requests)} requests`),
    line(
      "CloudFront",
      edge * PRICE.cloudFrontRequest + (edgeBytes / 1e9) * PRICE.cloudFrontGigabyte,
      `${round(edge)} requests, ${round(edgeBytes / 1_000)} kB`,
    ),
    line(
      "DynamoDB",
      reads * PRICE.tableRead + writes * PRICE.tableWrite,
      `${round(reads)} read units, ${round(writes)} write units`,
    ),
    line("CloudWatch Logs", (logged / 1e9) * PRICE.logGigabyte, `${round(logged / 1_000)} kB`),
    line(
      "SQS, Secrets Manager",
      sent * PRICE.queueRequest + secrets * PRICE.secretRead,
      `${round(sent)} requests, ${round(secrets)} reads`,
    ),
  ];
}

const line = (service: string, dollarsEach: number, because: string): BillLine => ({
  service,
  dollars: dollarsEach * 1_000,
  because,
});

const round = (value: number): string => String(Number(value.toPrecision(value >= 100 ? 3 : 2)));

export const totalOf = (lines: BillLine[]): number => lines.reduce((sum, { dollars }) => sum + dollars, 0);

/** Events of the histories: an execution has two of its own, a state two, a try of a Task three more. */
function eventsOf({ executions, stateTransitions, taskCalls }: Counted["usage"]): number {
  const states = stateTransitions - executions;
  return 2 * executions + 2 * states + 3 * taskCalls;
}
