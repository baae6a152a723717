/** `/`: every course, with the student's own badges and progress, and the purchases that are not finished. */
import { type LoaderFunctionArgs, type ShouldRevalidateFunctionArgs, useLoaderData } from "react-router";
import { listEnrollments } from "../api.ts";
import { CatalogueIntroduction } from "../components/CatalogueIntroduction.tsx";
import { CourseOffers } from "../components/CourseOffers.tsx";
import { UnfinishedPurchases } from "../components/UnfinishedPurchases.tsx";
import { useWords } from "../language.ts";
import { currentSession } from "../sign-in.ts";
import { loadUnfinishedPurchases } from "../unfinished-purchases.ts";
import { readCourses, useCatalogue } from "../use-catalogue.ts";
import { readSelection, useCourseFilter } from "../use-course-filter.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { wanted } = readSelection(new URL(request.url).searchParams);
  const [first, own] = await Promise.all([readCourses(wanted), loadOwn()]);
  return { first, ...own };
}

async function loadOwn() {
  if (!(await currentSession())) return { enrollments: [], unfinished: [] };
  const [enrollments, unfinished] = await Promise.all([listEnrollments(), loadUnfinishedPurchases()]);
  return { enrollments, unfinished };
}

/** Searching and filtering change the address, not the courses. */
export function shouldRevalidate(args: ShouldRevalidateFunctionArgs): boolean {
  const { currentUrl, nextUrl, defaultShouldRevalidate } = args;
  const isOnlyFiltering = currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search;
  return isOnlyFiltering ? false : defaultShouldRevalidate;
}

export function Component() {
  const { first, enrollments, unfinished } = useLoaderData<typeof loader>();
  const words = useWords();
  const filter = useCourseFilter();
  const catalogue = useCatalogue(first, filter.wanted);
  const isEmpty = catalogue.isComplete && catalogue.courses.length === 0;
  return (
    <>
      <CatalogueIntroduction />
      <UnfinishedPurchases purchases={unfinished} />
      {isEmpty ? (
        <p className="py-20 text-center text-lg text-muted">{words.catalogue.empty}</p>
      ) : (
        <CourseOffers catalogue={catalogue} filter={filter} enrollments={enrollments} />
      )}
    </>
  );
}
