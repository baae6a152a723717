/** The report of a replay for people. */
import { renderTable } from "#infra/command-line/table.ts";
import { PRICE_OF_TRANSITION } from "./count-transitions.ts";
import type { DifferenceGroup, ReplayReport } from "./replay.ts";

export function describeReport(report: ReplayReport): string {
  const { executions, running, failed, redriven, left, differences } = report;
  if (executions === 0) return "\nNothing was executed in that time.";
  const lines = [
    `\n${count(executions, "execution")}: ${running} still running, ${failed} without success, ${redriven} redriven.`,
    ...left.map(
      (some) => `Not tried, since ${some.reason}: ${named(some.executions, some.executions.length)}.`,
    ),
    ...(differences.length === 0 ? ["None would go another way."] : [describeDifferences(report)]),
    describeCost(report),
  ];
  return lines.join("\n");
}

function describeDifferences({ differences, digest }: ReplayReport): string {
  const rows = differences.map((group) => [group.count, group.text, named(group.examples, group.count)]);
  const head = ["Executions", "What is different", "Such as"];
  const table = renderTable(rows, { head, colAligns: ["right", "left", "left"], colWidths: [12, 52, 50] });
  const all = differences.reduce((sum, group: DifferenceGroup) => sum + group.count, 0);
  return `${count(all, "execution")} would go another way:\n${table}\nThe digest of these differences is ${digest}.`;
}

function describeCost({ transitions: { recorded, candidate } }: ReplayReport): string {
  const dollars = (transitions: number) => `US$ ${(transitions * PRICE_OF_TRANSITION).toFixed(4)}`;
  return `Transitions: ${recorded} (${dollars(recorded)}) by the record, ${candidate} (${dollars(candidate)}) by this definition.`;
}

const count = (number: number, thing: string) => `${number} ${thing}${number === 1 ? "" : "s"}`;

const named = (names: string[], all: number) =>
  `${names.slice(0, 5).join(", ")}${all > Math.min(5, names.length) ? ` and ${all - Math.min(5, names.length)} more` : ""}`;
