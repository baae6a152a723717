/** A page of courses, with the search above it and the ways to other pages below. */
import type { CourseSummary, CoursesAnswer, OwnEnrollment } from "#workflow/contract.ts";
import { useLanguage, useWords } from "../language.ts";
import { priceOf } from "../money.ts";
import type { CourseSearch } from "../use-course-search.ts";
import type { Words } from "../words/english.ts";
import { EnrolledBadge } from "./Badge.tsx";
import { ButtonLink } from "./Button.tsx";
import { CourseCard, CourseCards } from "./CourseCard.tsx";
import { CourseFilter } from "./CourseFilter.tsx";
import { Progress } from "./Progress.tsx";

interface Props {
  page: CoursesAnswer;
  search: CourseSearch;
  enrollments: OwnEnrollment[];
}

export function CourseOffers({ page, search, enrollments }: Props) {
  const { catalogue } = useWords();
  const enrollmentIn = new Map(enrollments.map((enrollment) => [enrollment.courseId, enrollment]));
  return (
    <>
      <CourseFilter search={search} found={describeFound(page, catalogue)} />
      <CourseCards>
        {page.courses.map((course) => (
          <li key={course.courseId} className="grid min-w-0">
            <Offer course={course} enrollment={enrollmentIn.get(course.courseId)} />
          </li>
        ))}
      </CourseCards>
      {page.courses.length === 0 ? (
        <p className="py-12 text-center text-lg text-muted">
          {search.isFirstPage ? catalogue.noMatch : catalogue.emptyPage}
        </p>
      ) : null}
      <OtherPages page={page} search={search} />
    </>
  );
}

function describeFound(
  { courses: { length: count }, next, previous, total }: CoursesAnswer,
  catalogue: Words["catalogue"],
): string {
  if (total !== undefined) return catalogue.found({ count: total });
  if (previous) return catalogue.onThisPage({ count });
  return next ? catalogue.moreThan({ count }) : catalogue.found({ count });
}

/** Pages in place of one that grows: it stays light, and Back, links and keys work as everywhere. */
function OtherPages({ page: { courses, next, previous }, search }: Pick<Props, "page" | "search">) {
  const { catalogue, frame } = useWords();
  const isLost = courses.length === 0 && !search.isFirstPage;
  if (!next && !previous && !isLost) return null;
  return (
    <nav aria-label={catalogue.pages} className="mt-8 flex flex-wrap justify-center gap-4">
      {previous ? (
        <ButtonLink variant="quiet" to={search.pageAt({ before: previous })}>
          {catalogue.previousPage}
        </ButtonLink>
      ) : null}
      {next ? (
        <ButtonLink variant="quiet" to={search.pageAt({ after: next })}>
          {catalogue.nextPage}
        </ButtonLink>
      ) : null}
      {isLost ? <ButtonLink to="/">{frame.allCourses}</ButtonLink> : null}
    </nav>
  );
}

function Offer({ course, enrollment }: { course: CourseSummary; enrollment: OwnEnrollment | undefined }) {
  const language = useLanguage();
  return (
    <CourseCard course={course}>
      {enrollment ? (
        <>
          <EnrolledBadge />
          <div className="w-32 max-w-full">
            <Progress percent={enrollment.progress} course={course.name} />
          </div>
        </>
      ) : (
        <span className="font-medium tabular-nums">{priceOf(course, language)}</span>
      )}
    </CourseCard>
  );
}
