/** Tables in plain text, without colours. */
import Table from "cli-table3";
import { clean } from "./print.ts";

export type Cell = string | number | { colSpan: number; content: string };

interface TableOptions {
  head?: string[];
  colAligns?: ("left" | "right")[];
  /** Wraps words within these widths. */
  colWidths?: number[];
  /** Without lines between the rows. */
  compact?: boolean;
}

export function renderTable(rows: Cell[][], { compact = false, ...options }: TableOptions = {}): string {
  const table = new Table({
    ...options,
    ...(options.colWidths && { wordWrap: true }),
    style: { head: [], border: [], compact },
  });
  // Cleaned before their width is taken.
  table.push(...rows.map((row) => row.map((cell) => (typeof cell === "string" ? clean(cell) : cell))));
  return table.toString();
}
