/** What the command prints of blackouts, and of the sweep of a day. */
import { renderTable } from "#infra/command-line/table.ts";
import type { BlackoutResult } from "../blackout/run-blackout.ts";
import type { ApartResult } from "../million/run-apart.ts";

const count = (value: number) => value.toLocaleString("en");

export function reportBlackouts(results: BlackoutResult[]): string {
  const head = [
    "seed",
    "students",
    "settled",
    "enrolled",
    "lost",
    "promises broken",
    "dead letters",
    "hours until all were enrolled",
  ];
  const rows = results.map(({ lost, broken, ...result }) => [
    result.seed,
    ...[result.students, result.settled, result.enrolled, lost.length, broken.length, result.deadLetters].map(
      count,
    ),
    result.hours,
  ]);
  const traces = results.flatMap(({ seed, lost, broken }) =>
    [...broken, ...lost.map((id) => `${id} was paid and brought nobody a place`)]
      .slice(0, 5)
      .map((what) => `seed ${seed}: ${what}`),
  );
  return [renderTable(rows, { head }), ...traces].join("\n");
}

export function reportMillion(result: ApartResult, faults: string[]): string {
  const rows = [
    ["purchases", count(result.purchases)],
    ["virtual minutes", result.minutes],
    ["invocations, one an hour later", result.invocations],
    ["reads of Stripe", count(result.stripeReads)],
    ["of these within a second, at most", result.mostStripeReadsInASecond],
    ["requests of the table", count(result.tableRequests)],
    ["looks at a purchase", result.looksPerPurchase],
    ["lost purchases, of these started", `${count(result.lost)}, ${count(result.lost - result.stillLost)}`],
    ["MB of the process at most", result.megabytes],
    ["of these before it began", result.megabytesBefore],
    ["seconds on this machine", result.seconds],
  ];
  return [renderTable(rows, { head: ["what", "how much"] }), ...faults].join("\n");
}
