/** Facts of two runs side by side, of which those that differ are marked in colour and in words. */
import { type ComparedFact, differs } from "../comparison.ts";
import { type Column, DataTable } from "./DataTable.tsx";

const columns: Column<ComparedFact>[] = [
  { header: "What", id: "what", cell: ({ row }) => <span className="font-medium">{row.original.what}</span> },
  {
    header: "Compared",
    cell: ({ row }) =>
      differs(row.original) ? (
        <span className="rounded-full bg-bad-soft px-2 py-0.5 text-xs font-medium text-bad">differs</span>
      ) : (
        <span className="text-xs text-muted">same</span>
      ),
  },
  {
    header: "Left",
    meta: { className: "min-w-32" },
    cell: ({ row }) => <Value fact={row.original} side="left" />,
  },
  {
    header: "Right",
    meta: { className: "min-w-32" },
    cell: ({ row }) => <Value fact={row.original} side="right" />,
  },
];

function Value({ fact, side }: { fact: ComparedFact; side: "left" | "right" }) {
  return (
    <span className={`font-mono text-xs break-words ${differs(fact) ? "text-bad" : ""}`}>{fact[side]}</span>
  );
}

export function ComparedFacts({ label, facts }: { label: string; facts: ComparedFact[] }) {
  return <DataTable label={label} columns={columns} items={facts} idOf={({ what }) => what} />;
}
