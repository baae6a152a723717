import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { type CourseSummary, courseSummarySchema } from "#workflow/contract.ts";
import { freeCourse, readHeading, serveApi, visit } from "./student-site.tsx";

// Decoration, and hundreds of drawings take their time in a DOM without a browser.
vi.mock("#client/components/CourseCover.tsx", () => ({ CourseCover: () => null }));

/** Every tenth course is by Grace Hopper. */
const courseNumber = (number: number): CourseSummary => ({
  ...courseSummarySchema.parse(freeCourse),
  courseId: `C-${String(number).padStart(4, "0")}`,
  name: `Course ${number}`,
  instructor: number % 10 === 0 ? "Grace Hopper" : "Alan Turing",
});

/** @returns answers to `GET /api/courses`, a hundred at a time */
function pagesOf(count: number) {
  const courses = Array.from({ length: count }, (_, number) => courseNumber(number));
  const answers: Record<string, () => unknown> = {};
  for (let start = 0; start < count; start += 100) {
    const page = courses.slice(start, start + 100);
    const next = start + 100 < count ? { next: page.at(-1)?.courseId } : {};
    const before = courses[start - 1];
    answers[`GET /api/courses${before ? `?after=${before.courseId}` : ""}`] = () => ({
      courses: page,
      ...next,
    });
  }
  return answers;
}

/** One of the answers waits until it is told to come. */
function serveSlowly(pages: Record<string, () => unknown>, slow: string) {
  let answer = () => {};
  const told = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const { calls } = serveApi({ ...pages, [slow]: () => told.then(() => pages[slow]?.()) });
  return { calls, answer };
}

const countCards = () => screen.queryAllByTestId(/^course-card-/).length;
const showMore = () => userEvent.click(screen.getByRole("button", { name: "Show more courses" }));

describe("a catalogue of several pages", () => {
  test("is read as far as it is looked at", async () => {
    const { calls } = serveApi(pagesOf(250));
    const router = visit("/");
    await readHeading();
    expect([countCards(), screen.getByText("More than 100 courses").tagName]).toEqual([60, "OUTPUT"]);
    expect(calls).toEqual(["GET /api/courses"]);
    await showMore();
    await screen.findByText("More than 200 courses");
    expect([countCards(), router.state.location.search]).toEqual([120, "?shown=120"]);
    await showMore();
    await showMore();
    await screen.findByText("250 courses");
    expect(countCards()).toBe(240);
    await showMore();
    expect(countCards()).toBe(250);
    expect(screen.queryByRole("button", { name: "Show more courses" })).toBeNull();
    expect(calls).toEqual(Object.keys(pagesOf(250)));
  });

  test("is searched from beginning to end", async () => {
    const { calls } = serveApi(pagesOf(250));
    visit("/");
    await readHeading();
    await userEvent.type(screen.getByRole("searchbox", { name: "Search courses" }), "hopper 240");
    await screen.findByText("1 course");
    expect(screen.getByText("Course 240")).toBeTruthy();
    expect(calls).toEqual(Object.keys(pagesOf(250)));
  });

  test("does not say that nothing matches before all of it has been searched", async () => {
    const pages = pagesOf(101);
    const { answer } = serveSlowly(pages, Object.keys(pages)[1] ?? "");
    visit("/");
    await readHeading();
    await userEvent.type(screen.getByRole("searchbox", { name: "Search courses" }), "nothing");
    await screen.findByText("Searching all courses…");
    expect(screen.queryByText("No course matches your search.")).toBeNull();
    answer();
    await screen.findByText("No course matches your search.");
    expect(screen.getByText("0 courses")).toBeTruthy();
  });

  test("opens as far as the address says, all at once, so that Back leads to where one was", async () => {
    const pages = pagesOf(250);
    const [first = "", second = ""] = Object.keys(pages);
    const { calls, answer } = serveSlowly(pages, second);
    visit("/?shown=180");
    await waitFor(() => expect(calls).toEqual([first, second]));
    expect(countCards()).toBe(0);
    answer();
    await readHeading();
    expect(countCards()).toBe(180);
  });

  test("forgets how much was shown when the search changes", async () => {
    serveApi(pagesOf(250));
    const router = visit("/?shown=180");
    await readHeading();
    await userEvent.type(screen.getByRole("searchbox", { name: "Search courses" }), "c");
    await screen.findByText("250 courses");
    expect([countCards(), router.state.location.search]).toEqual([60, "?q=c"]);
  });

  test("says when it cannot be read on, and retrying works", async () => {
    const pages = pagesOf(150);
    const [first = "", second = ""] = Object.keys(pages);
    let isDown = true;
    serveApi({ [first]: () => pages[first]?.(), [second]: () => (isDown ? undefined : pages[second]?.()) });
    visit("/");
    await readHeading();
    await userEvent.click(screen.getByRole("radio", { name: "Free" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Bursar cannot be reached right now.");
    expect(screen.getByText("100 found so far")).toBeTruthy();
    isDown = false;
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    await screen.findByText("150 courses");
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("a catalogue without courses", () => {
  test("says that there are none yet, and offers no search", async () => {
    serveApi({ "GET /api/courses": () => ({ courses: [] }) });
    visit("/?q=payments");
    await readHeading();
    expect(screen.getByText("There are no courses yet.")).toBeTruthy();
    expect(screen.queryByText("No course matches your search.")).toBeNull();
    expect(screen.queryByRole("searchbox")).toBeNull();
  });

  test("is another thing than a search without a match", async () => {
    serveApi(pagesOf(3));
    visit("/?q=payments");
    await readHeading();
    expect(screen.getByText("No course matches your search.")).toBeTruthy();
    expect(screen.queryByText("There are no courses yet.")).toBeNull();
  });
});
