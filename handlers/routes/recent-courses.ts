/** What a student's courses are called, read once a minute in this process: a thousand of them are ten requests to the table. */
import type { OwnCourse } from "#workflow/model.ts";
import type { CourseStore } from "#workflow/ports/stores.ts";

type CourseFinder = Pick<CourseStore, "findOwnCourses">;

interface Reading {
  askedAt: number;
  course: Promise<OwnCourse | undefined>;
}

/** So old may be what a course is called and where it is taken, for those who are enrolled already. */
const FRESH_MS = 60_000;

/** However many ask at once, each course is read once. One that is not there is asked for again each time: it may just have come. */
export function createRecentCourses(courses: CourseFinder, now: () => Date): CourseFinder {
  const recent = new Map<string, Reading>();

  function read(courseIds: string[], askedAt: number): void {
    const reading = courses
      .findOwnCourses(courseIds)
      .then((found) => new Map(found.map((course) => [course.courseId, course])));
    for (const courseId of courseIds) {
      const mine = { askedAt, course: reading.then((found) => found.get(courseId)) };
      recent.set(courseId, mine);
      const forget = () => {
        if (recent.get(courseId) === mine) recent.delete(courseId);
      };
      mine.course.then((course) => course ?? forget(), forget);
    }
  }

  return {
    async findOwnCourses(courseIds) {
      const at = now().getTime();
      const stale = courseIds.filter((id) => at - (recent.get(id)?.askedAt ?? 0) >= FRESH_MS);
      if (stale.length > 0) read(stale, at);
      const found = await Promise.all(courseIds.flatMap((courseId) => recent.get(courseId)?.course ?? []));
      return found.filter((course) => course !== undefined);
    },
  };
}
