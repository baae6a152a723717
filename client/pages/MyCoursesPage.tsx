/** `/my-courses`: the courses that the student is enrolled in, the latest first. */
import { Link, useLoaderData } from "react-router";
import type { OwnEnrollment } from "#workflow/contract.ts";
import { listEnrollments } from "../api.ts";
import { CourseCard, CourseCards } from "../components/CourseCard.tsx";
import { EmptyList } from "../components/EmptyList.tsx";
import { GoToCourse } from "../components/GoToCourse.tsx";
import { Heading } from "../components/Heading.tsx";
import { Progress } from "../components/Progress.tsx";
import { useWords } from "../language.ts";

export async function loader() {
  return (await listEnrollments()).toSorted(latestFirst);
}

const latestFirst = (one: OwnEnrollment, other: OwnEnrollment) =>
  other.enrolledAt.localeCompare(one.enrolledAt);

export function Component() {
  const { frame, catalogue } = useWords();
  const own = useLoaderData<typeof loader>();
  return (
    <>
      <div className="mb-8 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <Heading>{frame.myCourses}</Heading>
        <Link to="/purchases" className="text-sm text-muted underline underline-offset-4 hover:text-ink">
          {catalogue.purchasesAndReceipts}
        </Link>
      </div>
      {own.length > 0 ? (
        <CourseCards>
          {own.map((enrollment) => (
            <li key={enrollment.courseId} className="grid">
              <OwnCourse enrollment={enrollment} />
            </li>
          ))}
        </CourseCards>
      ) : (
        <EmptyList>{catalogue.noneOfYourOwn}</EmptyList>
      )}
    </>
  );
}

function OwnCourse({ enrollment }: { enrollment: OwnEnrollment }) {
  const { courseId, courseName: name = courseId, instructor = "", accessUrl, progress } = enrollment;
  return (
    <CourseCard course={{ courseId, name, instructor }}>
      {accessUrl ? (
        // Above the card's own link, which covers everything else.
        <GoToCourse
          courseId={courseId}
          accessUrl={accessUrl}
          courseName={name}
          variant="quiet"
          className="relative"
        />
      ) : null}
      <div className="w-32 max-w-full">
        <Progress percent={progress} course={name} />
      </div>
    </CourseCard>
  );
}
