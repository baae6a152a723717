/** Letters by error and course: many of one cause are one line. */
import { Link } from "react-router";
import type { FollowedLetters } from "#infra/operate/console/contract.ts";
import { useAbout } from "../about.ts";
import { type Chosen, keyOf } from "../use-chosen.ts";
import type { Place } from "../use-place.ts";
import { formatDuration, formatTime } from "../words.ts";
import { Choose } from "./Choose.tsx";
import { type Column, DataTable } from "./DataTable.tsx";

type LetterGroup = FollowedLetters["groups"][number];

interface LetterGroupsProps {
  groups: LetterGroup[];
  place: Place;
  chosen: Chosen;
}

export function LetterGroups({ groups, place, chosen }: LetterGroupsProps) {
  const { mayRedrive } = useAbout();
  const columns = [...(mayRedrive ? [chooseColumn(chosen)] : []), ...groupColumns(place)];
  return <DataTable label="Dead letters by error and course" columns={columns} items={groups} idOf={keyOf} />;
}

const chooseColumn = (chosen: Chosen): Column<LetterGroup> => ({
  id: "choose",
  header: () => <span className="sr-only">Chosen</span>,
  meta: { className: "w-8" },
  cell: ({ row: { original } }) => (
    <Choose
      chosen={chosen}
      id={keyOf(original)}
      words={`Choose ${original.error}${original.courseId ? ` of ${original.courseId}` : ""}`}
    />
  ),
});

const groupColumns = (place: Place): Column<LetterGroup>[] => [
  {
    header: "Error",
    cell: ({ row: { original } }) => (
      <Link
        to={place.narrowedTo({ error: original.error, course: original.courseId ?? "" })}
        className="font-mono text-accent underline-offset-2 hover:underline"
      >
        {original.error}
      </Link>
    ),
  },
  { header: "Course", meta: { className: "font-mono" }, cell: ({ row }) => row.original.courseId ?? "-" },
  { header: "Letters", meta: { className: "text-right tabular-nums" }, accessorKey: "letters" },
  {
    header: "Oldest",
    meta: { className: "whitespace-nowrap" },
    cell: ({ row: { original } }) => (
      <time dateTime={original.sentAt} title={formatTime(original.sentAt)}>
        {formatDuration(original.sentAt, undefined)}
      </time>
    ),
  },
];
