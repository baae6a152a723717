import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { answerCourses } from "#test/support/answer-courses.ts";
import type { FreeCourse } from "#workflow/model.ts";
import { freeCourse, readHeading, serveApi, visit } from "./student-site.tsx";

// Decoration, and dozens of drawings take their time in a DOM without a browser.
vi.mock("#client/components/CourseCover.tsx", () => ({ CourseCover: () => null }));

// And so do dozens of cards, where others work beside.
vi.setConfig({ testTimeout: 30_000 });

/** Every tenth course is by Grace Hopper. */
const courseNumber = (number: number): FreeCourse => ({
  ...freeCourse,
  courseId: `C-${String(number).padStart(4, "0")}`,
  name: `Course ${number}`,
  instructor: number % 10 === 0 ? "Grace Hopper" : "Alan Turing",
});

const serveCourses = (count: number) =>
  serveApi({
    "GET /api/courses": answerCourses(Array.from({ length: count }, (_, number) => courseNumber(number))),
  });

const cards = () =>
  screen.queryAllByTestId(/^course-card-/).map(({ dataset }) => dataset["testid"]?.slice(-4));
// By text: roles take their time among dozens of cards.
const link = (name: string) => screen.queryByText(name, { selector: "a" });
const open = async (name: string) => userEvent.click(screen.getByText(name, { selector: "a" }));

describe("a catalogue of several pages", () => {
  test("is read a page at a time, forwards, backwards and with Back", async () => {
    const { calls } = serveCourses(120);
    const router = visit("/");
    await readHeading();
    expect([cards().length, screen.getByText("More than 48 courses").tagName]).toEqual([48, "OUTPUT"]);
    expect(link("Previous courses")).toBeNull();
    await open("Next courses");
    await screen.findByText("Course 48");
    expect(screen.getByText("48 courses on this page")).toBeTruthy();
    await open("Next courses");
    await screen.findByText("Course 119");
    expect([cards().length, link("Next courses")]).toEqual([24, null]);
    await open("Previous courses");
    await screen.findByText("Course 48");
    expect([cards()[0], router.state.location.search]).toEqual(["0048", "?before=C-0096"]);
    await router.navigate(-1);
    await screen.findByText("Course 119");
    expect(calls).toEqual([
      "GET /api/courses",
      "GET /api/courses?after=C-0047",
      "GET /api/courses?after=C-0095",
      "GET /api/courses?before=C-0096",
      "GET /api/courses?after=C-0095",
    ]);
  });

  test("begins each page at its heading, and leaves whoever types where they are", async () => {
    serveCourses(120);
    visit("/");
    await readHeading();
    await open("Next courses");
    await waitFor(() => expect(document.activeElement?.tagName).toBe("H1"));
    const field = screen.getByRole("searchbox", { name: "Search courses" });
    await userEvent.type(field, "hopper");
    await screen.findByText("12 courses");
    expect(document.activeElement).toBe(field);
  });

  test("is searched from beginning to end, from its first page", async () => {
    serveCourses(250);
    const router = visit("/?after=C-0047");
    await readHeading();
    await userEvent.type(screen.getByRole("searchbox", { name: "Search courses" }), "HÖPPER 240");
    await screen.findByText("1 course");
    expect(cards()).toEqual(["0240"]);
    expect(router.state.location.search).toBe("?q=H%C3%96PPER+240");
  });

  test("has pages of what is found", async () => {
    serveCourses(1_000);
    const router = visit("/?q=hopper");
    await readHeading();
    expect(screen.getByText("100 courses")).toBeTruthy();
    await open("Next courses");
    await screen.findByText("Course 480");
    expect(router.state.location.search).toBe("?q=hopper&after=C-0470");
    await userEvent.click(screen.getByRole("radio", { name: "Free" }));
    await waitFor(() => expect(router.state.location.search).toBe("?q=hopper&price=free"));
  });

  test("opens at the page that an address names, and leads back from one that is none", async () => {
    serveCourses(60);
    visit("/?after=C-0047");
    await readHeading();
    expect(cards()).toHaveLength(12);
  });

  test("leads back from a page that is not there any more", async () => {
    serveCourses(60);
    visit("/?after=X");
    await readHeading();
    expect(screen.getByText("There are no courses on this page.")).toBeTruthy();
    await open("See all courses");
    await screen.findByText("More than 48 courses");
  });

  test("passes over what nobody can have chosen", async () => {
    const { calls } = serveCourses(3);
    visit(`/?after=${encodeURIComponent("<script>")}&price=cheap`);
    await readHeading();
    expect([cards().length, calls]).toEqual([3, ["GET /api/courses"]]);
  });
});

describe("a catalogue without courses", () => {
  test("says that there are none yet, and offers no search", async () => {
    serveCourses(0);
    visit("/");
    await readHeading();
    expect(screen.getByText("There are no courses yet.")).toBeTruthy();
    expect(screen.queryByRole("searchbox")).toBeNull();
  });

  test("is another thing than a search without a match", async () => {
    serveCourses(3);
    visit("/?q=payments");
    await readHeading();
    expect(screen.getByText("No course matches your search.")).toBeTruthy();
    expect(screen.queryByText("There are no courses yet.")).toBeNull();
  });
});
