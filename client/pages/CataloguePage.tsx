/** `/`: every course, with the student's own badges and progress, and the purchases that are not finished. */
import { type ShouldRevalidateFunctionArgs, useLoaderData } from "react-router";
import { listCourses, listEnrollments } from "../api.ts";
import { CatalogueIntroduction } from "../components/CatalogueIntroduction.tsx";
import { CourseCard } from "../components/CourseCard.tsx";
import { CourseFilter, useCourseFilter } from "../components/CourseFilter.tsx";
import { UnfinishedPurchases } from "../components/UnfinishedPurchases.tsx";
import { currentSession } from "../sign-in.ts";
import { loadUnfinishedPurchases } from "../unfinished-purchases.ts";

export async function loader() {
  const [courses, own] = await Promise.all([listCourses(), loadOwn()]);
  return { courses, ...own };
}

async function loadOwn() {
  const session = await currentSession();
  if (!session) return { enrollments: [], unfinished: [] };
  const [enrollments, unfinished] = await Promise.all([
    listEnrollments(),
    loadUnfinishedPurchases(session.userId),
  ]);
  return { enrollments, unfinished };
}

/** Searching and filtering change the address, not the courses. */
export function shouldRevalidate(args: ShouldRevalidateFunctionArgs): boolean {
  const { currentUrl, nextUrl, defaultShouldRevalidate } = args;
  const isOnlyFiltering = currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search;
  return isOnlyFiltering ? false : defaultShouldRevalidate;
}

export function Component() {
  const { courses, enrollments, unfinished } = useLoaderData<typeof loader>();
  const filter = useCourseFilter();
  const shown = courses.filter(filter.accepts);
  const enrollmentIn = new Map(enrollments.map((enrollment) => [enrollment.courseId, enrollment]));

  return (
    <>
      <CatalogueIntroduction />
      <UnfinishedPurchases purchases={unfinished} courses={courses} />
      <CourseFilter filter={filter} count={shown.length} />
      {shown.length > 0 ? (
        <ul className="mt-6 grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
          {shown.map((course) => (
            <li key={course.courseId} className="grid">
              <CourseCard course={course} enrollment={enrollmentIn.get(course.courseId)} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="py-20 text-center text-lg text-muted">No course matches your search.</p>
      )}
    </>
  );
}
