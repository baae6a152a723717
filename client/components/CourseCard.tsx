/** A course in a list. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import { CourseCover } from "./CourseCover.tsx";

interface Props {
  course: {
    courseId: string;
    name: string;
    instructor?: string | undefined;
    description?: string;
    imageUrl?: string | undefined;
  };
  /** The line at the bottom: how the course stands with this student. */
  children: ReactNode;
}

/** The whole card leads to the course; the link itself is the course's name. */
export function CourseCard({ course, children }: Props) {
  const { courseId, name, instructor, description } = course;
  return (
    <article
      data-testid={`course-card-${courseId}`}
      className="group relative flex flex-col overflow-hidden rounded-card border border-line bg-surface shadow-card transition-colors duration-150 focus-within:border-edge hover:border-edge"
    >
      <CourseCover course={course} />
      <div className="flex grow flex-col p-5">
        <h2 className="text-lg leading-snug">
          <Link to={`/courses/${courseId}`} className="after:absolute after:inset-0 after:rounded-card">
            {name}
          </Link>
        </h2>
        <p className="mt-1 text-sm text-muted">{instructor}</p>
        <p className="mt-3 line-clamp-2 text-sm text-pretty text-muted">{description}</p>
        <div className="mt-auto flex min-h-8 flex-wrap items-center justify-between gap-3 pt-5 box-content">
          {children}
        </div>
      </div>
    </article>
  );
}

/** Cards side by side, as many as there is room for. */
export function CourseCards({ children }: { children: ReactNode }) {
  return <ul className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">{children}</ul>;
}
