/** A table whose rows can be opened. Wider than a phone, it scrolls by itself instead of the page. */
import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  getExpandedRowModel,
  type Row,
  useReactTable,
} from "@tanstack/react-table";
import { Fragment, type ReactNode } from "react";

export type Column<Item> = ColumnDef<Item> & { meta?: { className?: string } };

interface DataTableProps<Item> {
  label: string;
  columns: Column<Item>[];
  items: Item[];
  idOf: (item: Item) => string;
  /** What an opened row shows; without it rows do not open. */
  renderDetails?: (item: Item) => ReactNode;
}

const NO_CLASS = "";
const classOf = (meta: unknown) => (meta as { className?: string } | undefined)?.className ?? NO_CLASS;

export function DataTable<Item>({ label, columns, items, idOf, renderDetails }: DataTableProps<Item>) {
  // oxlint-disable-next-line react/incompatible-library -- nothing here is compiled or memoized
  const table = useReactTable({
    data: items,
    columns,
    getRowId: idOf,
    getCoreRowModel: getCoreRowModel(),
    getExpandedRowModel: getExpandedRowModel(),
    getRowCanExpand: () => renderDetails !== undefined,
    autoResetExpanded: false,
  });
  return (
    <section
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      // The words for screen readers are placed within it, and widen no page.
      className="relative overflow-x-auto rounded-xl border border-line bg-surface"
    >
      <table className="w-full text-left">
        <thead className="border-b border-line text-xs text-muted">
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {renderDetails ? (
                <th className="w-10 py-2 pl-3">
                  <span className="sr-only">Details</span>
                </th>
              ) : null}
              {group.headers.map(({ id, column, getContext }) => (
                <th
                  key={id}
                  scope="col"
                  className={`px-3 py-2 font-medium ${classOf(column.columnDef.meta)}`}
                >
                  {flexRender(column.columnDef.header, getContext())}
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <Fragment key={row.id}>
              <tr className="border-b border-line last:border-b-0 hover:bg-sunken/60">
                {renderDetails ? <OpenCell row={row} /> : null}
                {row.getVisibleCells().map(({ id, column, getContext }) => (
                  <td key={id} className={`px-3 py-2 align-top ${classOf(column.columnDef.meta)}`}>
                    {flexRender(column.columnDef.cell, getContext())}
                  </td>
                ))}
              </tr>
              {renderDetails && row.getIsExpanded() ? (
                <tr className="border-b border-line bg-sunken/40 last:border-b-0">
                  <td colSpan={row.getVisibleCells().length + 1} className="p-3">
                    {renderDetails(row.original)}
                  </td>
                </tr>
              ) : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function OpenCell<Item>({ row }: { row: Row<Item> }) {
  return (
    <td className="w-10 py-1 pl-3 align-top">
      <button
        type="button"
        aria-expanded={row.getIsExpanded()}
        aria-label={`Details of row ${row.index + 1}`}
        onClick={row.getToggleExpandedHandler()}
        className="grid size-8 place-items-center rounded-md hover:bg-sunken"
      >
        <svg
          viewBox="0 0 16 16"
          className={`size-3.5 transition-transform ${row.getIsExpanded() ? "rotate-90" : ""}`}
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          aria-hidden="true"
        >
          <path d="m6 3.5 4.5 4.5L6 12.5" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      </button>
    </td>
  );
}
