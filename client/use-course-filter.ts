/** Which courses are shown, and how many. It is all in the address, so it survives reload, Back and being shared. */
import { useSearchParams } from "react-router";
import type { CourseSummary } from "#workflow/contract.ts";

/** So many cards at first, and so many more each time; full rows of one, two or three. */
const STEP = 60;

interface Selection {
  query: string;
  price: string;
  /** At most so many cards. */
  shown: number;
  isFiltering: boolean;
  /** So many courses have to be read for that; a search goes through all. */
  wanted: number;
}

export interface CourseFilter extends Selection {
  accepts: (course: CourseSummary) => boolean;
  /** An empty value takes the parameter away. */
  change: (parameters: { q?: string; price?: string }) => void;
  showMore: () => void;
}

export function readSelection(parameters: URLSearchParams): Selection {
  const query = parameters.get("q") ?? "";
  const price = parameters.get("price") ?? "";
  const shown = Math.max(STEP, Number(parameters.get("shown")) || 0);
  const isFiltering = query.trim() !== "" || price !== "";
  return { query, price, shown, isFiltering, wanted: isFiltering ? Number.POSITIVE_INFINITY : shown };
}

export function useCourseFilter(): CourseFilter {
  const [parameters, setParameters] = useSearchParams();
  const selection = readSelection(parameters);
  const words = selection.query.toLowerCase().split(/\s+/);
  const set = (changes: Record<string, string>) =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      },
      { replace: true, preventScrollReset: true },
    );
  return {
    ...selection,
    accepts: ({ name, instructor, description, pricingModel }) => {
      const text = `${name} ${instructor} ${description}`.toLowerCase();
      return (
        (!selection.price || pricingModel === selection.price) && words.every((word) => text.includes(word))
      );
    },
    change: (changes) => set({ ...changes, shown: "" }),
    showMore: () => set({ shown: String(selection.shown + STEP) }),
  };
}
