/** What a student's courses are called, read once a minute in this process: a thousand of them are ten requests to the table. */
import type { OwnCourse } from "#workflow/model.ts";
import type { CourseStore } from "#workflow/ports/stores.ts";

type CourseFinder = Pick<CourseStore, "findOwnCourses">;

interface Reading {
  askedAt: number;
  /** Undefined until `done`. */
  course: OwnCourse | undefined;
  /** Of all that were asked for together: a list of a thousand waits for a few readings, not for a thousand. */
  done: Promise<void>;
}

/** So old may be what a course is called and where it is taken, for those who are enrolled already. */
const FRESH_MS = 60_000;

/** However many ask at once, each course is read once. One that is not there is asked for again each time: it may just have come. */
export function createRecentCourses(courses: CourseFinder, now: () => Date): CourseFinder {
  const recent = new Map<string, Reading>();

  function read(courseIds: string[], askedAt: number): void {
    const mine = new Map<string, Reading>();
    const forget = (courseId: string) => {
      if (recent.get(courseId) === mine.get(courseId)) recent.delete(courseId);
    };
    const done = courses.findOwnCourses(courseIds).then(
      (found) => {
        for (const course of found) Object.assign(mine.get(course.courseId) ?? {}, { course });
        for (const [courseId, { course }] of mine) if (!course) forget(courseId);
      },
      (error: unknown) => {
        courseIds.forEach(forget);
        throw error;
      },
    );
    for (const courseId of courseIds) {
      const reading = { askedAt, course: undefined, done };
      mine.set(courseId, reading);
      recent.set(courseId, reading);
    }
  }

  return {
    async findOwnCourses(courseIds) {
      const at = now().getTime();
      const stale = courseIds.filter((id) => at - (recent.get(id)?.askedAt ?? 0) >= FRESH_MS);
      if (stale.length > 0) read(stale, at);
      const readings = courseIds.flatMap((courseId) => recent.get(courseId) ?? []);
      await Promise.all(new Set(readings.map(({ done }) => done)));
      return readings.flatMap(({ course }) => course ?? []);
    },
  };
}
