/** Lists executions, newest first, by status and by a part of their name. */
import type { ExecutionLookup } from "#handlers/adapters/step-functions/execution-lookup.ts";
import type { ExecutionRow, ExecutionState, ExecutionsPage } from "./shapes.ts";

interface ExecutionsSearch {
  status?: ExecutionState | undefined;
  /** Part of a name, in any case. */
  text?: string | undefined;
  nextToken?: string | undefined;
}

const ROWS_PER_PAGE = 50;
/** ListExecutions knows no text filter, so a search walks the list: this far for one answer, and on when asked. */
const SEARCH_PAGES = 20;
const SEARCH_PAGE_SIZE = 100;

export async function searchExecutions(
  { status, text = "", nextToken }: ExecutionsSearch,
  lookup: Pick<ExecutionLookup, "listExecutions">,
): Promise<ExecutionsPage> {
  const wanted = text.trim().toLowerCase();
  if (!wanted) {
    const page = await lookup.listExecutions({ status, nextToken, pageSize: ROWS_PER_PAGE });
    return { ...page, looked: page.executions.length };
  }
  const found: ExecutionRow[] = [];
  let token = nextToken;
  let looked = 0;
  for (let pages = 0; pages < SEARCH_PAGES; pages += 1) {
    const page = await lookup.listExecutions({ status, nextToken: token, pageSize: SEARCH_PAGE_SIZE });
    looked += page.executions.length;
    found.push(...page.executions.filter(({ name }) => name.toLowerCase().includes(wanted)));
    token = page.nextToken;
    if (!token || found.length >= ROWS_PER_PAGE) break;
  }
  return { executions: found, nextToken: token, looked };
}
