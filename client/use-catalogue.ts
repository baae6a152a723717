/** The catalogue as far as it has been read; it reads on by itself, page by page, until there is as much as is wanted. */
import { useCallback, useEffect, useState } from "react";
import type { CoursesAnswer } from "#workflow/contract.ts";
import { listCourses } from "./api.ts";
import { type ApiError, toApiError } from "./api-error.ts";

export interface Catalogue {
  courses: CoursesAnswer["courses"];
  /** True when there are no others. */
  isComplete: boolean;
  isReading: boolean;
  /** Why it could not be read on. */
  problem: ApiError | undefined;
  retry: () => void;
}

interface State {
  /** What the page was loaded with. */
  first: CoursesAnswer;
  read: CoursesAnswer;
  problem?: ApiError;
}

/** @returns the first courses: as many as are wanted, or all that there are */
export async function readCourses(
  wanted: number,
  begun: CoursesAnswer = { courses: [] },
): Promise<CoursesAnswer> {
  const read = append(begun, await listCourses(begun.next));
  return isEnough(read, wanted) ? read : readCourses(wanted, read);
}

/** @param first what the page has loaded; when it loads again, that takes the place of all that was read */
export function useCatalogue(first: CoursesAnswer, wanted: number): Catalogue {
  const [state, setState] = useState<State>({ first, read: first });
  if (state.first !== first) setState({ first, read: first });
  const { read, problem } = state;
  const isReading = !problem && !isEnough(read, wanted);

  useEffect(() => {
    if (!isReading) return;
    const update = (change: Partial<State>) =>
      setState((current) => (current.read === read ? { ...current, ...change } : current));
    listCourses(read.next).then(
      (page) => update({ read: append(read, page) }),
      (error: unknown) => update({ problem: toApiError(error) }),
    );
  }, [isReading, read]);

  return {
    courses: read.courses,
    isComplete: read.next === undefined,
    isReading,
    problem,
    retry: useCallback(() => setState((current) => ({ first: current.first, read: current.read })), []),
  };
}

const append = ({ courses }: CoursesAnswer, page: CoursesAnswer): CoursesAnswer => ({
  ...page,
  courses: [...courses, ...page.courses],
});

const isEnough = ({ courses, next }: CoursesAnswer, wanted: number) =>
  next === undefined || courses.length >= wanted;
