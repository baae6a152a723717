/** `/my-courses`: the courses that the student is enrolled in, the latest first. */
import { useLoaderData } from "react-router";
import type { Enrollment } from "#workflow/model.ts";
import { listCourses, listEnrollments } from "../api.ts";
import { ButtonLink } from "../components/Button.tsx";
import { CourseCard } from "../components/CourseCard.tsx";
import { Heading } from "../components/Heading.tsx";

export async function loader() {
  const [courses, enrollments] = await Promise.all([listCourses(), listEnrollments()]);
  return enrollments.toSorted(latestFirst).flatMap((enrollment) => {
    const course = courses.find(({ courseId }) => courseId === enrollment.courseId);
    return course ? [{ course, enrollment }] : [];
  });
}

const latestFirst = (one: Enrollment, other: Enrollment) => other.enrolledAt.localeCompare(one.enrolledAt);

export function Component() {
  const own = useLoaderData<typeof loader>();
  return (
    <>
      <Heading>My courses</Heading>
      {own.length > 0 ? (
        <ul className="mt-8 grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
          {own.map(({ course, enrollment }) => (
            <li key={course.courseId} className="grid">
              <CourseCard course={course} enrollment={enrollment} />
            </li>
          ))}
        </ul>
      ) : (
        <div className="mt-8 rounded-card border border-line bg-surface px-6 py-16 text-center">
          <p className="mb-6 text-lg text-muted">You are not enrolled in any course yet.</p>
          <ButtonLink to="/">See all courses</ButtonLink>
        </div>
      )}
    </>
  );
}
