/** Lists executions, newest first, by all that a list shows of them; how far it has looked is said. */
import type { ExecutionRow, ExecutionState, ExecutionsPage } from "./shapes.ts";
import { hasFailed, type Subjects } from "./subjects.ts";
import type { WalkExecutions } from "./walk-executions.ts";

export interface ExecutionsFilter {
  status?: ExecutionState | undefined;
  /** ISO 8601, both of them included. */
  since?: string | undefined;
  until?: string | undefined;
  /** Part of a name, in any case; so are the others. */
  text?: string | undefined;
  error?: string | undefined;
  course?: string | undefined;
  student?: string | undefined;
}

/** The last execution that was looked at: when it was started, and the how manieth of that moment it is. */
interface Place {
  startedAt: string;
  nth: number;
}

interface Sources {
  walk: WalkExecutions;
  subjects: Subjects;
}

const ROWS_PER_PAGE = 50;
/** Of one look: who asks again goes on, since what was read is kept. */
const LONGEST_LOOK_MS = 2_000;

/** @param before the `next` of the page before */
export async function listExecutions(
  filter: ExecutionsFilter,
  before: Place | undefined,
  { walk, subjects }: Sources,
): Promise<ExecutionsPage> {
  const begin = before ?? (filter.until ? { startedAt: filter.until, nth: 0 } : undefined);
  const { found, reached, ...looked } = await search(filter, begin, { walk, subjects });
  await subjects.readSubjects(found);
  return {
    executions: found.map((row) => ({ ...row, subject: subjects.subjectOf(row) })),
    next: looked.hasMore ? formatPlace(reached ?? begin) : undefined,
    looked: looked.count,
    lookedBackTo: reached?.startedAt,
  };
}

async function search(filter: ExecutionsFilter, begin: Place | undefined, { walk, subjects }: Sources) {
  const found: ExecutionRow[] = [];
  let reached: Place | undefined;
  let count = 0;
  let hasMore = false;
  const lastMoment = Date.now() + LONGEST_LOOK_MS;
  const result = (isMore = hasMore) => ({ found, reached, count, hasMore: isMore });
  for await (const chunk of chunksFrom(begin, filter, walk)) {
    hasMore = chunk.hasMore;
    const candidates = chunk.rows.map(({ row }) => row).filter((row) => isLike(row, filter));
    if (asksForSubject(filter) && Date.now() < lastMoment) await subjects.readSubjects(candidates);
    for (const { row, place } of chunk.rows) {
      const isFound = isLike(row, filter) && isAbout(row, filter, subjects);
      // What is not read yet may be one that is looked for: nobody looks past it.
      if (isFound === undefined || found.length === ROWS_PER_PAGE) return result(true);
      reached = place;
      count += 1;
      if (isFound) found.push(row);
    }
  }
  return result();
}

interface Chunk {
  rows: { row: ExecutionRow; place: Place }[];
  /** True when there are others after these. */
  hasMore: boolean;
}

/** What lies after the beginning and within the time that is asked for, a few at a time. */
async function* chunksFrom(
  begin: Place | undefined,
  { status, since = "" }: ExecutionsFilter,
  walk: WalkExecutions,
): AsyncGenerator<Chunk> {
  let latest: Place | undefined;
  for await (const { executions, hasMore } of walk(status, begin?.startedAt)) {
    const rows: Chunk["rows"] = [];
    for (const row of executions) {
      const { startedAt } = row;
      latest = { startedAt, nth: latest?.startedAt === startedAt ? latest.nth + 1 : 1 };
      if (!begin || isAfter(latest, begin)) rows.push({ row, place: latest });
    }
    const wanted = rows.filter(({ row }) => row.startedAt >= since);
    const isOver = wanted.length < rows.length;
    // Also when there is none: what is left after them is known now.
    for (let from = 0; from === 0 || from < wanted.length; from += ROWS_PER_PAGE) {
      const to = from + ROWS_PER_PAGE;
      yield { rows: wanted.slice(from, to), hasMore: to < wanted.length || (hasMore && !isOver) };
    }
    if (isOver) return;
  }
}

const asksForSubject = ({ error, course, student }: ExecutionsFilter) => Boolean(error || course || student);

/** What the list itself tells. Only what has failed has an error. */
function isLike(row: ExecutionRow, { text, error }: ExecutionsFilter): boolean {
  return includes(row.name, text) && (!error || hasFailed(row));
}

/** @returns undefined when it is not known yet */
function isAbout(row: ExecutionRow, filter: ExecutionsFilter, subjects: Subjects): boolean | undefined {
  if (!asksForSubject(filter)) return true;
  const subject = subjects.subjectOf(row);
  return (
    subject &&
    includes(subject.error, filter.error) &&
    includes(subject.courseId, filter.course) &&
    includes(subject.userId, filter.student)
  );
}

const includes = (value = "", part = "") => value.toLowerCase().includes(part.toLowerCase());

const isAfter = (place: Place, other: Place) =>
  place.startedAt < other.startedAt || (place.startedAt === other.startedAt && place.nth > other.nth);

const formatPlace = (place: Place | undefined): string => {
  const { startedAt, nth } = place ?? { startedAt: new Date().toISOString(), nth: 0 };
  return `${Date.parse(startedAt)}.${nth}`;
};

/** @param text from `formatPlace`, of digits and a point */
export function parsePlace(text: string): Place {
  const [at, nth] = text.split(".").map(Number);
  return { startedAt: new Date(at ?? 0).toISOString(), nth: nth ?? 0 };
}
