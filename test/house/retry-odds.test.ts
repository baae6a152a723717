import { expect, test } from "vitest";
import definition from "#workflow/enrollment.asl.json" with { type: "json" };
import { sectionOf, tableRowsIn } from "./markdown.ts";
import { boundsOf, type Retrier, shareSpentBefore, spentBefore } from "./retry-odds.ts";
import { readTracked } from "./tracked-files.ts";

const section = sectionOf(readTracked("workflow/README.md"), "How long retries carry");
const tasks = Object.entries(definition.States).flatMap(([name, state]) =>
  "Retry" in state ? [{ name, retriers: state.Retry.filter(({ MaxAttempts }) => MaxAttempts > 0) }] : [],
);
const passing = tasks.flatMap(({ name, retriers }) =>
  retriers
    .filter(({ ErrorEquals }) => ErrorEquals.includes("RetryableError"))
    .map((retrier): [string, Retrier] => [name, retrier]),
);

const describeRetrier = ({ MaxAttempts, IntervalSeconds, MaxDelaySeconds }: Retrier) =>
  `${MaxAttempts} times, ${IntervalSeconds} to ${MaxDelaySeconds} s`;
const describeTime = (seconds: number) =>
  seconds < 60 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(1)} min`;

test("the odds are those of drawing", () => {
  const one = { MaxAttempts: 1, IntervalSeconds: 8, MaxDelaySeconds: 8 };
  expect(spentBefore(0.5, one)).toBeCloseTo(4, 0);
  expect(shareSpentBefore(2, one)).toBeCloseTo(0.25, 1);
  // Of two draws from 0 to 8 the sum is below 4 in one case out of eight.
  expect(shareSpentBefore(4, { ...one, MaxAttempts: 2, BackoffRate: 1 })).toBeCloseTo(0.125, 2);
});

test("the table says what the definition's retries come to", () => {
  const retriers = new Map<string, Retrier>();
  for (const retrier of tasks.flatMap((task) => task.retriers))
    retriers.set(describeRetrier(retrier), retrier);
  const computed = [...retriers].map(([words, retrier]) => [
    words,
    describeTime(spentBefore(1e-6, retrier)),
    describeTime(spentBefore(0.5, retrier)),
    describeTime(boundsOf(retrier).reduce((sum, bound) => sum + bound, 0)),
  ]);
  const documented = tableRowsIn(section).map(([retrier = "", ...times]) => [
    retrier.split(":")[0],
    ...times,
  ]);
  expect(documented).toEqual(computed);
});

test.each(passing)("a throttle of three minutes is carried by the retries of %s", (_name, retrier) => {
  expect(shareSpentBefore(180, retrier)).toBeLessThan(1e-6);
});

test("every step has such retries", () => {
  expect(passing.map(([name]) => name)).toEqual(
    tasks.map(({ name }) => name).filter((name) => name !== "SendToDeadLetterQueue"),
  );
});

test("a history has room for as many redrives as the document says, were every try used up each time", () => {
  const rooms = Number(/room for (\d+) redrives/.exec(section)?.[1]);
  const tries = tasks.map(
    ({ retriers }) => 1 + retriers.reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 0),
  );
  // Scheduled, started and failed; and every state is entered and left once.
  const events = 3 * tries.reduce((sum, count) => sum + count, 0) + 2 * Object.keys(definition.States).length;
  expect(events * (rooms + 1)).toBeLessThanOrEqual(25_000);
});
