/** The report of a replay for people. */
import { ASPECTS } from "./compare-results.ts";
import { isUntried } from "./count-edges.ts";
import { PRICE_OF_TRANSITION } from "./count-transitions.ts";
import type { DifferenceGroup, Transitions } from "./group-differences.ts";
import type { ReplayReport } from "./replay.ts";

export function describeReport(report: ReplayReport): string {
  if (report.executions === 0) return "\nNothing was executed in that time.";
  const { executions, running, failed, redriven } = report;
  return [
    `\n${count(executions, "execution")}: ${running.length} still running, ${failed.length} without success, ${redriven.length} redriven.`,
    ...describeKinds(report),
    ...report.left.map(({ reason, executions }) => `Not tried, since ${reason}: ${naming(executions)}.`),
    ...describeDifferences(report),
    describeCost("Transitions", report.transitions),
    ...describeUntried(report),
  ].join("\n");
}

function describeKinds({ running, failed, redriven }: ReplayReport): string[] {
  const kinds = [
    ["Compared as far as they are, since they still run", running],
    ["Without success", failed],
    ["Redriven", redriven],
  ] as const;
  return kinds.filter(([, names]) => names.length > 0).map(([kind, names]) => `${kind}: ${naming(names)}.`);
}

function describeDifferences({ differences, digest }: ReplayReport): string[] {
  if (differences.length === 0) return ["None would go another way."];
  const all = differences.reduce((sum, { executions }) => sum + executions.length, 0);
  return [
    `\n${count(all, "execution")} would go another way:`,
    ...differences.map(describeGroup),
    `\nThe digest of these differences is ${digest}.`,
  ];
}

function describeGroup({ kind, text, executions, aspects, transitions }: DifferenceGroup): string {
  const others = ASPECTS.filter((aspect) => aspects[aspect] > 0).map(
    (aspect) => `${aspect} of ${aspects[aspect]}`,
  );
  const results = kind === "unknown" ? "what follows is not known" : `other ${others.join(", ")}`;
  return [
    `\n${String(executions.length).padStart(7)}  ${text}`,
    ...(kind === "unknown" || others.length > 0 ? [`         ${results}`] : []),
    `         ${describeCost("transitions", transitions)}`,
    `         ${naming(executions)}`,
  ].join("\n");
}

function describeCost(what: string, { recorded, candidate }: Transitions): string {
  const dollars = (transitions: number) => `US$ ${(transitions * PRICE_OF_TRANSITION).toFixed(4)}`;
  if (recorded === candidate) return `${what}: ${recorded} (${dollars(recorded)}), as recorded`;
  return `${what}: ${candidate} (${dollars(candidate)}) instead of ${recorded} (${dollars(recorded)})`;
}

/** What no history tells of is not proved by any number of them. */
function describeUntried({ edges }: ReplayReport): string[] {
  const untried = edges.filter(isUntried).map(({ from, to }) => `${from} to ${to}`);
  return untried.length > 0 ? [`Gone by none, so nothing is known of it: ${untried.join(", ")}.`] : [];
}

export const count = (number: number, thing: string) => `${number} ${thing}${number === 1 ? "" : "s"}`;

const SHOWN = 5;

export const naming = (names: string[]) =>
  `${names.slice(0, SHOWN).join(", ")}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ""}`;
