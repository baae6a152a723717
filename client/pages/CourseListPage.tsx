/** The part of `/` that its address chooses: a page of courses, or of those that a search has found. */
import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { listCourses } from "../api.ts";
import { CourseOffers } from "../components/CourseOffers.tsx";
import { useWords } from "../language.ts";
import { readQuery, useCourseSearch } from "../use-course-search.ts";
import { useOwnEnrollments } from "./CataloguePage.tsx";

/** Whoever types on no longer waits for what was typed before. */
export const loader = ({ request }: LoaderFunctionArgs) =>
  listCourses(readQuery(new URL(request.url).searchParams), request.signal);

export function Component() {
  const page = useLoaderData<typeof loader>();
  const search = useCourseSearch();
  const { catalogue } = useWords();
  const enrollments = useOwnEnrollments();
  const isEmpty = page.courses.length === 0 && !search.isSearching && search.isFirstPage;
  if (isEmpty) return <p className="py-20 text-center text-lg text-muted">{catalogue.empty}</p>;
  return <CourseOffers page={page} search={search} enrollments={enrollments} />;
}
