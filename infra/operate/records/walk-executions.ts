/** Walks Step Functions' list of executions, newest first, from any moment on. */
import type { ExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import type { ExecutionRow, ExecutionState } from "./shapes.ts";

/** A list that needs no more costs no more; a longer walk takes as many at once as Step Functions gives. */
const FIRST_PAGE = 100;
const LATER_PAGE = 1_000;
/** Of one walk: 20,000 executions. The quota is 5 a second, with a burst. */
const MOST_PAGES = 21;
const MARKS_KEPT = 1_000;

interface ExecutionsAt {
  executions: ExecutionRow[];
  /** True when there are older ones. */
  hasMore: boolean;
}

export type WalkExecutions = ReturnType<typeof createExecutionWalk>;

export function createExecutionWalk(lookup: Pick<ExecutionLookup, "listExecutions">) {
  /** By status: when the execution was started after which a page begins, and that page's token. */
  const marks = new Map<string, Map<string, string>>();

  /** Step Functions begins at the newest or at a token. Tokens that earlier walks were given spare the way to older pages. */
  const marksOf = (status: string) => {
    const known = marks.get(status) ?? new Map<string, string>();
    marks.set(status, known);
    return known;
  };

  /**
   * @param startedBy ISO 8601: everything that was started then or before is met, and maybe some that is newer
   * @returns pages, of which a walk has so many at most
   */
  return async function* walk(
    status: ExecutionState | undefined,
    startedBy: string | undefined,
  ): AsyncGenerator<ExecutionsAt> {
    const known = marksOf(status ?? "");
    let token = nearest(known, startedBy);
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const pageSize = pages === 0 ? FIRST_PAGE : LATER_PAGE;
      const page = await lookup.listExecutions({ status, pageSize, nextToken: token }).catch((error) => {
        // Tokens last for a day.
        known.clear();
        if (!token || (error as Error).name !== "InvalidToken") throw error;
        return lookup.listExecutions({ status, pageSize });
      });
      const oldest = page.executions.at(-1);
      if (page.nextToken && oldest) keep(known, oldest.startedAt, page.nextToken);
      yield { executions: page.executions, hasMore: page.nextToken !== undefined };
      token = page.nextToken;
      if (!token) return;
    }
  };
}

/** @returns the token of the oldest page with all that was started at this moment; undefined: the newest page */
function nearest(known: Map<string, string>, startedBy: string | undefined): string | undefined {
  if (!startedBy) return undefined;
  const newer = [...known.keys()].filter((startedAt) => startedAt > startedBy);
  const closest = newer.length > 0 ? newer.reduce((one, other) => (one < other ? one : other)) : undefined;
  return closest && known.get(closest);
}

function keep(known: Map<string, string>, startedAt: string, token: string): void {
  known.set(startedAt, token);
  const [oldest] = known.size > MARKS_KEPT ? known.keys() : [];
  if (oldest !== undefined) known.delete(oldest);
}
