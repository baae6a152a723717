import { waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { answerCourses } from "#test/support/answer-courses.ts";
import { freeCourse, readHeading, serveApi, visit } from "./student-site.tsx";

describe("a course's picture", () => {
  test.each([
    [{}, "svg"],
    [{ imageUrl: "/covers/writing.webp" }, "img"],
    [{ imageUrl: "https://elsewhere.example/writing.webp" }, "svg"],
    [{ imageUrl: "//elsewhere.example/writing.webp" }, "svg"],
    [{ imageUrl: "javascript:alert(1)" }, "svg"],
  ])("is this site's own, or drawn: %j is shown as %s", async (more, tag) => {
    serveApi({ "GET /api/courses": answerCourses([{ ...freeCourse, ...more }]) });
    visit("/");
    await readHeading();
    expect(document.querySelector("article > :first-child")?.tagName.toLowerCase()).toBe(tag);
  });

  test("has its place before it is there, and is drawn when it cannot be had", async () => {
    serveApi({ "GET /api/courses": answerCourses([{ ...freeCourse, imageUrl: "/covers/writing.webp" }]) });
    visit("/");
    await readHeading();
    const image = document.querySelector("article img");
    expect([
      image?.getAttribute("width"),
      image?.getAttribute("height"),
      image?.getAttribute("loading"),
    ]).toEqual(["640", "320", "lazy"]);
    image?.dispatchEvent(new Event("error"));
    await waitFor(() => expect(document.querySelector("article svg")).toBeTruthy());
  });
});
