/** Which courses are shown. It is all in the address, so it survives reload, Back and being shared. */
import { useLocation, useNavigation, useSearchParams } from "react-router";
import type { CoursesQuery } from "#workflow/courses-query.ts";

export interface CourseSearch {
  /** What is asked for, which may still be on its way. */
  query: string;
  price: string;
  /** False: all courses are shown. */
  isSearching: boolean;
  isFirstPage: boolean;
  /** True while another page is on its way. */
  isLeaving: boolean;
  /** An empty value takes the parameter away. What is found begins at its first page. */
  change: (parameters: { q: string; price: string }) => void;
  /** The address of the page that begins after that course, or ends before it. */
  pageAt: (place: { after: string } | { before: string }) => string;
}

const MOST_CHARACTERS = 200;
const COURSE_ID = /^[\w-]{1,64}$/;

/** What the API is asked for; what nobody can have chosen on the page is passed over. */
export function readQuery(parameters: URLSearchParams): CoursesQuery {
  const q = (parameters.get("q") ?? "").trim().slice(0, MOST_CHARACTERS);
  const price = parameters.get("price");
  const place = (["after", "before"] as const).find((name) => COURSE_ID.test(parameters.get(name) ?? ""));
  return {
    ...(q && { q }),
    ...((price === "free" || price === "paid") && { price }),
    ...(place && { [place]: parameters.get(place) }),
  };
}

export function useCourseSearch(): CourseSearch {
  const [parameters, setParameters] = useSearchParams();
  const { pathname } = useLocation();
  const { location: next } = useNavigation();
  const asked = next?.pathname === pathname ? new URLSearchParams(next.search) : parameters;
  const shown = readQuery(parameters);
  return {
    query: asked.get("q") ?? "",
    price: readQuery(asked).price ?? "",
    isSearching: shown.q !== undefined || shown.price !== undefined,
    isFirstPage: shown.after === undefined && shown.before === undefined,
    isLeaving: next !== undefined && next.pathname !== pathname,
    change: (changes) =>
      setParameters(withChanges(asked, changes), { replace: true, preventScrollReset: true }),
    pageAt: (place) => `?${withChanges(parameters, place)}`,
  };
}

function withChanges(parameters: URLSearchParams, changes: Record<string, string>): URLSearchParams {
  const changed = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries({ after: "", before: "", ...changes })) {
    if (value) changed.set(name, value);
    else changed.delete(name);
  }
  return changed;
}
