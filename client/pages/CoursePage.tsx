/** `/courses/:courseId`: what the course is, what it costs, and one thing to do. */
import { type ActionFunctionArgs, Link, type LoaderFunctionArgs, useLoaderData } from "react-router";
import { checkEnrollment, enroll, getCourse } from "../api.ts";
import { isFinal, notFound, toApiError } from "../api-error.ts";
import { CheckMark } from "../components/CheckMark.tsx";
import { CourseCover } from "../components/CourseCover.tsx";
import { EnrollPanel } from "../components/EnrollPanel.tsx";
import { Heading } from "../components/Heading.tsx";
import { useWords } from "../language.ts";
import { currentSession } from "../sign-in.ts";
import { loadUnfinishedPurchase } from "../unfinished-purchases.ts";

export async function loader({ params: { courseId } }: LoaderFunctionArgs) {
  if (!courseId) throw notFound();
  const [course, own] = await Promise.all([getCourse(courseId), loadOwn(courseId)]);
  return { course, ...own };
}

async function loadOwn(courseId: string) {
  if (!(await currentSession())) return {};
  const [{ enrollment, accessUrl }, unfinished] = await Promise.all([
    checkEnrollment(courseId),
    loadUnfinishedPurchase(courseId),
  ]);
  return { enrollment, accessUrl, unfinished };
}

/** Enrolls in a free course. The loader runs again afterwards, so the page shows what is stored. */
export async function action({ params: { courseId } }: ActionFunctionArgs) {
  if (!courseId) throw notFound();
  try {
    await enroll(courseId);
    return {};
  } catch (error) {
    if (isFinal(error)) throw error;
    return { problem: toApiError(error) };
  }
}

export function Component() {
  const { course, ...own } = useLoaderData<typeof loader>();
  const { course: words } = useWords();
  const { learningObjectives, curriculum } = course;
  return (
    <div className="grid grid-cols-1 items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <header>
        <Link to="/" className="text-sm text-muted hover:text-ink">
          <Arrow /> {words.allCourses}
        </Link>
        <Heading className="mt-4">{course.name}</Heading>
        <p className="mt-3 text-muted">{words.taughtBy(course)}</p>
        <p className="mt-5 max-w-prose text-lg text-pretty whitespace-pre-line">{course.description}</p>
      </header>
      <aside
        aria-label={words.enrollment}
        className="overflow-hidden rounded-card border border-line bg-surface shadow-card lg:sticky lg:top-8 lg:row-span-2"
      >
        <CourseCover course={course} />
        <div aria-live="polite">
          <EnrollPanel course={course} {...own} />
        </div>
      </aside>
      <div className="grid grid-cols-1 gap-10">
        <Objectives objectives={learningObjectives} />
        <Curriculum sections={curriculum} />
      </div>
    </div>
  );
}

/** Back to where one came from: to the left, or where one reads from right to left, to the right. */
const Arrow = () => (
  <span aria-hidden="true" className="inline-block rtl:-scale-x-100">
    ←
  </span>
);

function Objectives({ objectives }: { objectives: string[] }) {
  const { course } = useWords();
  if (objectives.length === 0) return null;
  return (
    <section aria-labelledby="objectives">
      <h2 id="objectives" className="text-xl">
        {course.objectives}
      </h2>
      <ul className="mt-4 grid gap-x-8 gap-y-3 sm:grid-cols-2">
        {objectives.map((objective) => (
          <li key={objective} className="flex gap-3 text-pretty">
            <CheckMark className="mt-1 text-accent" />
            {objective}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Curriculum({ sections }: { sections: { title: string; lessons: string[] }[] }) {
  const { course } = useWords();
  if (sections.length === 0) return null;
  return (
    <section aria-labelledby="curriculum">
      <h2 id="curriculum" tabIndex={-1} className="scroll-mt-8 text-xl">
        {course.curriculum}
      </h2>
      <ol className="mt-4 divide-y divide-line rounded-card border border-line bg-surface">
        {sections.map(({ title, lessons }, index) => (
          <li key={title} className="flex gap-4 p-5">
            <span aria-hidden="true" className="w-6 shrink-0 text-muted tabular-nums">
              {index + 1}
            </span>
            <div className="min-w-0">
              <h3>{title}</h3>
              <ul className="mt-1 text-muted">
                {lessons.map((lesson) => (
                  <li key={lesson}>{lesson}</li>
                ))}
              </ul>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
