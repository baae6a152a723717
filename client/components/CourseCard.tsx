import { Link } from "react-router";
import type { Course, Enrollment } from "#workflow/model.ts";
import { priceOf } from "../money.ts";
import { EnrolledBadge } from "./Badge.tsx";
import { CourseCover } from "./CourseCover.tsx";
import { Progress } from "./Progress.tsx";

interface Props {
  course: Course;
  enrollment?: Enrollment | undefined;
}

/** The whole card leads to the course; the link itself is the course's name. */
export function CourseCard({ course, enrollment }: Props) {
  return (
    <article
      data-testid={`course-card-${course.courseId}`}
      className="group relative flex flex-col overflow-hidden rounded-card border border-line bg-surface shadow-card transition-colors duration-150 focus-within:border-edge hover:border-edge"
    >
      <CourseCover courseId={course.courseId} className="aspect-[2/1]" />
      <div className="flex grow flex-col p-5">
        <h2 className="text-lg leading-snug">
          <Link
            to={`/courses/${course.courseId}`}
            className="after:absolute after:inset-0 after:rounded-card"
          >
            {course.name}
          </Link>
        </h2>
        <p className="mt-1 text-sm text-muted">{course.instructor}</p>
        <p className="mt-3 line-clamp-2 text-sm text-pretty text-muted">{course.description}</p>
        <div className="mt-auto flex h-8 items-center justify-between gap-3 pt-5 box-content">
          {enrollment ? (
            <EnrolledBadge />
          ) : (
            <span className="font-medium tabular-nums">{priceOf(course)}</span>
          )}
          {enrollment ? (
            <div className="w-32">
              <Progress percent={enrollment.progress} label={`Progress in ${course.name}`} />
            </div>
          ) : null}
        </div>
      </div>
    </article>
  );
}
