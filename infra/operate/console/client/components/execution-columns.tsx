/** What a list of executions shows of each. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { ListedExecution } from "#infra/operate/console/contract.ts";
import type { Place } from "../use-place.ts";
import { formatDuration, formatTime } from "../words.ts";
import type { Column } from "./DataTable.tsx";
import { ExecutionBadge } from "./Status.tsx";

const LINK = "font-mono text-accent underline-offset-2 hover:underline";

export const executionColumns = (place: Place): Column<ListedExecution>[] => [
  { header: "Status", cell: ({ row }) => <ExecutionBadge status={row.original.status} /> },
  {
    header: "Name",
    meta: { className: "w-full max-w-0 min-w-40" },
    cell: ({ row: { original } }) => (
      <Link
        to={`/executions/${encodeURIComponent(original.name)}`}
        className={`block truncate ${LINK}`}
        title={original.name}
      >
        {original.name}
      </Link>
    ),
  },
  {
    header: "Student",
    cell: ({ row }) => (
      <Said of={row.original} what="userId">
        {(userId) => (
          <Link
            to={`/find?id=${encodeURIComponent(userId)}`}
            className={`block max-w-32 truncate ${LINK}`}
            title={userId}
          >
            {userId}
          </Link>
        )}
      </Said>
    ),
  },
  {
    header: "Course",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row }) => (
      <Said of={row.original} what="courseId">
        {(course) => (
          <Link to={place.narrowedTo({ course })} className={LINK}>
            {course}
          </Link>
        )}
      </Said>
    ),
  },
  {
    header: "Error",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row }) => (
      <Said of={row.original} what="error">
        {(error) => (
          <Link
            to={place.narrowedTo({ error })}
            className="font-mono text-bad underline-offset-2 hover:underline"
          >
            {error}
          </Link>
        )}
      </Said>
    ),
  },
  {
    header: "Age",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row: { original } }) => (
      <>
        {formatDuration(original.startedAt, undefined)}
        <time dateTime={original.startedAt} className="block text-xs text-muted">
          {formatTime(original.startedAt)}
        </time>
      </>
    ),
  },
  {
    header: "Duration",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row: { original } }) => formatDuration(original.startedAt, original.stoppedAt),
  },
  {
    header: "Redrives",
    meta: { className: "hidden sm:table-cell text-right" },
    cell: ({ row }) => row.original.redriveCount,
  },
];

interface SaidProps {
  of: ListedExecution;
  what: keyof NonNullable<ListedExecution["subject"]>;
  children: (value: string) => ReactNode;
}

/** What is not read yet is not nothing: it comes with one of the next looks. */
function Said({ of: { subject }, what, children }: SaidProps) {
  if (!subject)
    return (
      <span className="text-muted">
        <span aria-hidden="true">...</span>
        <span className="sr-only">not read yet</span>
      </span>
    );
  const value = subject[what];
  return value ? children(value) : null;
}
