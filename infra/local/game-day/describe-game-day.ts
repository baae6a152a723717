/** The report of a game day: when each step happened, in seconds since the student began to pay. */
import { renderTable } from "#infra/command-line/table.ts";
import { type ScenarioResult, STEPS } from "./game-day.ts";

export function describeGameDay(results: ScenarioResult[]): string {
  const rows = results.map((result) => [result.breaks, ...STEPS.map((step) => cellFor(result, step))]);
  const missing = results.flatMap(({ name, missing: missed }) =>
    missed ? [`${name}: "${missed.step}" did not happen: ${missed.reason}.`] : [],
  );
  const verdict = missing.length === 0 ? ["Everything that broke was noticed and repaired."] : missing;
  return [
    `\n${renderTable(rows, { head: ["What broke", ...STEPS] })}`,
    `Seconds since the student began to pay; "-" where nothing is to be done.\n`,
    ...verdict,
  ].join("\n");
}

function cellFor({ steps, missing }: ScenarioResult, step: (typeof STEPS)[number]): string {
  const happened = steps.find((result) => result.step === step);
  if (happened) return (happened.atMs / 1000).toFixed(1);
  return missing?.step === step ? "MISSING" : "-";
}
