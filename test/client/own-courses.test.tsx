import { screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { keepSession } from "#client/session.ts";
import {
  ada,
  enrollmentIn,
  freeCourse,
  ordinaryAnswers,
  paidCourse,
  readHeading,
  serveApi,
  visit,
} from "./student-site.tsx";

const accessUrl = "https://example.com/courses/1";
const hrefOf = (link: HTMLElement) => link.getAttribute("href");

beforeEach(() => keepSession(ada));

describe("my courses", () => {
  test("are known without the catalogue, so that a retired one is among them", async () => {
    const { calls } = serveApi({
      "GET /api/enrollments": () => ({
        enrollments: [
          { ...enrollmentIn("GONE-1"), enrolledAt: "2026-01-01T00:00:00.000Z" },
          {
            ...enrollmentIn("RETIRED-1", 40),
            courseName: "Punch Cards",
            instructor: "Grace Hopper",
            accessUrl,
          },
        ],
      }),
    });
    visit("/my-courses");
    await readHeading();
    const retired = within(screen.getByTestId("course-card-RETIRED-1"));
    expect(hrefOf(retired.getByRole("link", { name: "Punch Cards" }))).toBe("/courses/RETIRED-1");
    expect(hrefOf(retired.getByRole("link", { name: "Go to course: Punch Cards" }))).toBe(accessUrl);
    expect(retired.getByText("40%")).toBeTruthy();
    const gone = within(screen.getByTestId("course-card-GONE-1"));
    expect(gone.getAllByRole("link").map(hrefOf)).toEqual(["/courses/GONE-1"]);
    expect(calls).toEqual(["GET /api/enrollments"]);
  });
});

describe("the page of a course", () => {
  test("leads who is enrolled to where it is taken", async () => {
    serveApi({
      ...ordinaryAnswers,
      "GET /api/enrollments/check/PAID-1": () => ({
        enrolled: true,
        enrollment: enrollmentIn("PAID-1"),
        accessUrl,
      }),
    });
    visit("/courses/PAID-1");
    await readHeading();
    expect(hrefOf(screen.getByRole("link", { name: "Go to course" }))).toBe(accessUrl);
  });

  test("leads to the curriculum when it is taken nowhere else", async () => {
    serveApi({
      ...ordinaryAnswers,
      "GET /api/enrollments/check/PAID-1": () => ({ enrolled: true, enrollment: enrollmentIn("PAID-1") }),
    });
    visit("/courses/PAID-1");
    await readHeading();
    expect(hrefOf(screen.getByRole("link", { name: "Go to course" }))).toBe("#curriculum");
  });

  test.each([
    ["free", freeCourse],
    ["paid", paidCourse],
  ])("sells no %s course that is retired", async (_what, course) => {
    serveApi({
      ...ordinaryAnswers,
      [`GET /api/courses/${course.courseId}`]: () => ({ course: { ...course, status: "retired" } }),
    });
    visit(`/courses/${course.courseId}`);
    await readHeading();
    expect(screen.getByText("No longer offered")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Buy|Enroll/ })).toBeNull();
  });
});
