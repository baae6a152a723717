/** What the command prints once it is done. */
import { renderTable } from "#infra/command-line/table.ts";
import type { QuotaSweep } from "../find-quota-to-raise.ts";
import { type QuotaName, wordsOf } from "../quotas.ts";
import { IN_TIME, type LoadResult, type Waits } from "../run-load.ts";
import type { NamedScenario } from "../scenarios.ts";

export interface Outcome {
  scenario: NamedScenario;
  result: LoadResult;
}

const count = (value: number) => value.toLocaleString("en");
const seconds = (value: number) => (value >= 100 ? count(Math.round(value)) : value.toFixed(1));
const waits = ({ p50, p99, most }: Waits) => `${seconds(p50)} / ${seconds(p99)} / ${seconds(most)}`;

const ROWS: [words: string, read: (result: LoadResult) => string][] = [
  ["paid", ({ paid }) => count(paid)],
  ["enrolled", ({ enrolled }) => count(enrolled)],
  ["lost", ({ lost }) => count(lost)],
  ["dead letters", ({ deadLetters }) => count(deadLetters)],
  [`enrolled after more than ${IN_TIME} s`, ({ late }) => count(late)],
  ["paid to enrolled, s: p50 / p99 / most", ({ paidToEnrolled }) => waits(paidToEnrolled)],
  ["paid to the page that says so, s", ({ paidToSeen }) => waits(paidToSeen)],
  [
    "overflow queue: ever in it / most at once",
    ({ queue }) => `${count(queue.everQueued)} / ${count(queue.most)}`,
  ],
  ["overflow queue: drained after, s", ({ queue }) => seconds(queue.drainedAfterSeconds)],
  ["deliveries that Stripe has to repeat", ({ refusedDeliveries }) => count(refusedDeliveries)],
  [
    "retries by an SDK / by the state machine",
    ({ retries }) => `${count(retries.bySdk)} / ${count(retries.byStateMachine)}`,
  ],
  [
    "functions at once, at most / cold starts",
    ({ peakConcurrency, coldStarts }) => `${count(peakConcurrency)} / ${count(coldStarts)}`,
  ],
];

export function reportOutcomes(outcomes: Outcome[]): string {
  const met = [...new Set(outcomes.flatMap(({ result }) => Object.keys(result.throttles)))] as QuotaName[];
  const rows = [
    ...ROWS.map(([words, read]) => [words, ...outcomes.map(({ result }) => read(result))]),
    ...met.map((name) => [
      `turned away by ${wordsOf(name)}`,
      ...outcomes.map(({ result }) => count(result.throttles[name] ?? 0)),
    ]),
  ];
  const head = ["", ...outcomes.map(({ scenario }) => scenario.name)];
  return renderTable(rows, {
    head,
    colAligns: ["left", ...outcomes.map(() => "right" as const)],
    colWidths: [46, ...outcomes.map(() => 26)],
  });
}

/** @returns a sentence for each promise that does not hold */
export function findBroken(outcomes: Outcome[]): string[] {
  return outcomes.flatMap(({ scenario: { name, isPromised }, result: { lost, late, deadLetters } }) => [
    ...(lost > 0 ? [`${name}: ${count(lost)} have paid and are lost.`] : []),
    ...(isPromised && deadLetters > 0 ? [`${name}: ${count(deadLetters)} became dead letters.`] : []),
    ...(isPromised && late > 0 ? [`${name}: ${count(late)} waited for more than ${IN_TIME} s.`] : []),
  ]);
}

export function reportSweep({ standing, raised, forEnrolling, forTelling, neverMet }: QuotaSweep): string {
  const meanAnd = (one: Waits) => `${seconds(one.mean)} / ${waits(one)}`;
  const row = (words: string, { paidToEnrolled, paidToSeen, queue }: LoadResult) => [
    words,
    meanAnd(paidToEnrolled),
    meanAnd(paidToSeen),
    count(queue.most),
  ];
  const table = renderTable(
    [row("as it is", standing), ...raised.map(({ words, result }) => row(words, result))],
    {
      head: [
        "doubled on its own",
        "paid to enrolled, s: mean / p50 / p99 / most",
        "to the page that says so",
        "most in the queue",
      ],
    },
  );
  const first = (what: string, best: typeof forEnrolling, waitsOf: (result: LoadResult) => Waits) => {
    if (!best) return `Students are not ${what} much sooner with any of them.`;
    const [before, after] = [standing, best.result].map((result) => seconds(waitsOf(result).mean));
    return `The first to raise for students to be ${what} sooner: ${best.words} (on average after ${after} s instead of ${before}).`;
  };
  return [
    table,
    `Never met, so more of them changes nothing: ${neverMet.join("; ")}.`,
    first("enrolled", forEnrolling, ({ paidToEnrolled }) => paidToEnrolled),
    first("told so", forTelling, ({ paidToSeen }) => paidToSeen),
  ].join("\n");
}
