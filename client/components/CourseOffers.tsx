/** The courses of the catalogue that the filter lets through. */
import type { CourseSummary, OwnEnrollment } from "#workflow/contract.ts";
import { priceOf } from "../money.ts";
import type { Catalogue } from "../use-catalogue.ts";
import type { CourseFilter as Filter } from "../use-course-filter.ts";
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
  const { courses, isComplete, isReading, problem, retry } = catalogue;
  const matching = courses.filter(filter.accepts);
  const hasMore = matching.length > filter.shown || !(isComplete || filter.isFiltering);
  const enrollmentIn = new Map(enrollments.map((enrollment) => [enrollment.courseId, enrollment]));
  return (
    <>
      <CourseFilter filter={filter} found={describeFound(matching.length, catalogue, filter)} />
      <CourseCards>
        {matching.slice(0, filter.shown).map((course) => (
          <li key={course.courseId} className="grid">
            <Offer course={course} enrollment={enrollmentIn.get(course.courseId)} />
          </li>
        ))}
      </CourseCards>
      <div className="mt-8 grid justify-items-center gap-6">
        {isComplete && matching.length === 0 ? (
          <p className="py-12 text-lg text-muted">No course matches your search.</p>
        ) : null}
        {problem ? (
          <Notice
            tone="warn"
            role="alert"
            title={problem.message}
            action={
              <Button variant="quiet" onClick={retry}>
                Retry
              </Button>
            }
          />
        ) : hasMore ? (
          <Button variant="quiet" isBusy={isReading} onClick={filter.showMore}>
            Show more courses
          </Button>
        ) : null}
      </div>
    </>
  );
}

function describeFound(count: number, { isComplete, isReading, courses }: Catalogue, filter: Filter): string {
  if (isComplete) return count === 1 ? "1 course" : `${count} courses`;
  if (!filter.isFiltering) return `More than ${courses.length} courses`;
  return isReading ? "Searching all courses…" : `${count} found so far`;
}

function Offer({ course, enrollment }: { course: CourseSummary; enrollment: OwnEnrollment | undefined }) {
  return (
    <CourseCard course={course}>
      {enrollment ? (
        <>
          <EnrolledBadge />
          <div className="w-32">
            <Progress percent={enrollment.progress} label={`Progress in ${course.name}`} />
          </div>
        </>
      ) : (
        <span className="font-medium tabular-nums">{priceOf(course)}</span>
      )}
    </CourseCard>
  );
}
