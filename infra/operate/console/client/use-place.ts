/**
 * Where in a list somebody is: its filters and its page, all of it in the address, so that the browser's way back and a
 * link lead to the same place. Of the pages that lead there each has left its cursor in the address.
 */
import { useSearchParams } from "react-router";

const CURSOR = "before";

export interface Place {
  /** What the list is asked for: the filters and the last cursor. */
  query: string;
  /** The filters alone. */
  filters: string;
  isFiltered: boolean;
  /** 1 is the newest. */
  page: number;
  valueOf: (filter: string) => string;
  /** Begins at the newest again. @param isTyping letter by letter, which leaves no steps behind */
  change: (filters: Record<string, string>, isTyping?: boolean) => void;
  /** The address of another page of the same list. */
  newer: string | undefined;
  olderAt: (cursor: string) => string;
  /** The address of the list with this filter besides. */
  narrowedTo: (filters: Record<string, string>) => string;
}

const filtersIn = (search: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...search].filter(([name, value]) => name !== CURSOR && value));

const withFilters = (more: Record<string, string>, search: URLSearchParams) =>
  new URLSearchParams(Object.entries({ ...filtersIn(search), ...more }).filter(([, value]) => value));

export function usePlace(): Place {
  const [search, setSearch] = useSearchParams();
  const cursors = search.getAll(CURSOR);
  const filters = filtersIn(search);
  const last = cursors.at(-1);
  const addressOf = (trail: string[]) => {
    const address = withFilters({}, search);
    for (const cursor of trail) address.append(CURSOR, cursor);
    return `?${address}`;
  };
  return {
    query: new URLSearchParams({ ...filters, ...(last && { [CURSOR]: last }) }).toString(),
    filters: new URLSearchParams(filters).toString(),
    isFiltered: Object.keys(filters).length > 0,
    page: cursors.length + 1,
    valueOf: (filter) => filters[filter] ?? "",
    // What was chosen a moment ago is in the address and maybe not on the page yet.
    change: (more, isTyping = false) =>
      setSearch(withFilters(more, new URLSearchParams(window.location.search)), {
        replace: isTyping,
        preventScrollReset: true,
      }),
    newer: last === undefined ? undefined : addressOf(cursors.slice(0, -1)),
    olderAt: (cursor) => addressOf([...cursors, cursor]),
    narrowedTo: (more) => `?${withFilters(more, search)}`,
  };
}
