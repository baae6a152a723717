/** The costs as the command prints them and as infra/aws/README.md has them. */
import { renderTable } from "#infra/command-line/table.ts";
import { totalOf } from "./bill.ts";
import type { Costs } from "./calculate-costs.ts";
import { standingCosts } from "./standing-costs.ts";

const dollars = (amount: number): string => amount.toFixed(amount < 1 ? 3 : 2);

const HEAD = ["Per 1,000 enrollments", "US$", "for each", "US$ with a first visit", "for each"];

function costRows({ enrolling, withVisit }: Costs): string[][] {
  const rows = enrolling.map(({ service, dollars: amount, because }, index) => {
    const visit = withVisit[index];
    return [service, dollars(amount), because, dollars(visit?.dollars ?? 0), visit?.because ?? ""];
  });
  return [...rows, ["Together", dollars(totalOf(enrolling)), "", dollars(totalOf(withVisit)), ""]];
}

const standingRows = (): string[][] => {
  const costs = standingCosts();
  const sum = costs.reduce((all, { dollars: amount }) => all + amount, 0);
  return [...costs.map(({ what, dollars: amount }) => [what, dollars(amount)]), ["Together", dollars(sum)]];
};

export const describeCosts = (costs: Costs): string =>
  [
    renderTable(costRows(costs), { head: HEAD, colAligns: ["left", "right", "left", "right", "left"] }),
    renderTable(standingRows(), { head: ["Standing, a month", "US$"], colAligns: ["left", "right"] }),
  ].join("\n");

/** Two tables, as they stand in a document. */
export function costsAsMarkdown(costs: Costs): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(HEAD),
    "|---|---:|---|---:|---|",
    ...costRows(costs).map(line),
    "",
    "| Standing, a month | US$ |",
    "|---|---:|",
    ...standingRows().map(line),
  ].join("\n");
}
