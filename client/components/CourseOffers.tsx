/** The courses of the catalogue that the filter lets through. */
import type { CourseSummary, OwnEnrollment } from "#workflow/contract.ts";
import { useLanguage, useWords } from "../language.ts";
import { priceOf } from "../money.ts";
import { describeProblem } from "../problem-words.ts";
import type { Catalogue } from "../use-catalogue.ts";
import type { CourseFilter as Filter } from "../use-course-filter.ts";
import type { Words } from "../words/english.ts";
import { EnrolledBadge } from "./Badge.tsx";
import { Button } from "./Button.tsx";
import { CourseCard, CourseCards } from "./CourseCard.tsx";
import { CourseFilter } from "./CourseFilter.tsx";
import { Notice } from "./Notice.tsx";
import { Progress } from "./Progress.tsx";

interface Props {
  catalogue: Catalogue;
  filter: Filter;
  enrollments: OwnEnrollment[];
}

export function CourseOffers({ catalogue, filter, enrollments }: Props) {
  const words = useWords();
  const { courses, isComplete, isReading, problem, retry } = catalogue;
  const matching = courses.filter(filter.accepts);
  const hasMore = matching.length > filter.shown || !(isComplete || filter.isFiltering);
  const enrollmentIn = new Map(enrollments.map((enrollment) => [enrollment.courseId, enrollment]));
  return (
    <>
      <CourseFilter filter={filter} found={describeFound(matching.length, catalogue, filter, words)} />
      <CourseCards>
        {matching.slice(0, filter.shown).map((course) => (
          <li key={course.courseId} className="grid">
            <Offer course={course} enrollment={enrollmentIn.get(course.courseId)} />
          </li>
        ))}
      </CourseCards>
      <div className="mt-8 grid justify-items-center gap-6">
        {isComplete && matching.length === 0 ? (
          <p className="py-12 text-lg text-muted">{words.catalogue.noMatch}</p>
        ) : null}
        {problem ? (
          <Notice
            tone="warn"
            role="alert"
            title={describeProblem(problem, words)}
            action={
              <Button variant="quiet" onClick={retry}>
                {words.frame.retry}
              </Button>
            }
          />
        ) : hasMore ? (
          <Button variant="quiet" isBusy={isReading} onClick={filter.showMore}>
            {words.catalogue.showMore}
          </Button>
        ) : null}
      </div>
    </>
  );
}

function describeFound(
  count: number,
  { isComplete, isReading, courses }: Catalogue,
  filter: Filter,
  { catalogue }: Words,
): string {
  if (isComplete) return catalogue.found({ count });
  if (!filter.isFiltering) return catalogue.moreThan({ count: courses.length });
  return isReading ? catalogue.searching : catalogue.foundSoFar({ count });
}

function Offer({ course, enrollment }: { course: CourseSummary; enrollment: OwnEnrollment | undefined }) {
  const language = useLanguage();
  return (
    <CourseCard course={course}>
      {enrollment ? (
        <>
          <EnrolledBadge />
          <div className="w-32">
            <Progress percent={enrollment.progress} course={course.name} />
          </div>
        </>
      ) : (
        <span className="font-medium tabular-nums">{priceOf(course, language)}</span>
      )}
    </CourseCard>
  );
}
