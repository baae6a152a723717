/** `/my-courses`: the courses that the student is enrolled in, the latest first. */
import { useLoaderData } from "react-router";
import type { OwnEnrollment } from "#workflow/contract.ts";
import { listEnrollments } from "../api.ts";
import { ButtonLink } from "../components/Button.tsx";
import { CourseCard, CourseCards } from "../components/CourseCard.tsx";
import { Heading } from "../components/Heading.tsx";
import { Progress } from "../components/Progress.tsx";

export async function loader() {
  return (await listEnrollments()).toSorted(latestFirst);
}

const latestFirst = (one: OwnEnrollment, other: OwnEnrollment) =>
  other.enrolledAt.localeCompare(one.enrolledAt);

export function Component() {
  const own = useLoaderData<typeof loader>();
  return (
    <>
      <Heading className="mb-8">My courses</Heading>
      {own.length > 0 ? (
        <CourseCards>
          {own.map((enrollment) => (
            <li key={enrollment.courseId} className="grid">
              <OwnCourse enrollment={enrollment} />
            </li>
          ))}
        </CourseCards>
      ) : (
        <div className="rounded-card border border-line bg-surface px-6 py-16 text-center">
          <p className="mb-6 text-lg text-muted">You are not enrolled in any course yet.</p>
          <ButtonLink to="/">See all courses</ButtonLink>
        </div>
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
        <ButtonLink variant="quiet" to={accessUrl} className="relative" aria-label={`Go to course: ${name}`}>
          Go to course
        </ButtonLink>
      ) : null}
      <div className="w-32">
        <Progress percent={progress} label={`Progress in ${name}`} />
      </div>
    </CourseCard>
  );
}
