import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test } from "vitest";
import { keepSession } from "#client/session.ts";
import {
  ada,
  enrollmentIn,
  freeCourse,
  ordinaryAnswers,
  readHeading,
  refuse,
  serveApi,
  visit,
} from "./student-site.tsx";

describe("the course page", () => {
  beforeEach(() => keepSession(ada));

  test("offers a free course for free, and the badge appears once it is the student's", async () => {
    let isEnrolled = false;
    serveApi({
      ...ordinaryAnswers,
      "GET /api/enrollments/check/FREE-1": () =>
        isEnrolled ? { enrolled: true, enrollment: enrollmentIn("FREE-1") } : { enrolled: false },
      "POST /api/enrollments": () => {
        isEnrolled = true;
        return Response.json({ status: "active", enrollment: enrollmentIn("FREE-1") }, { status: 201 });
      },
    });
    visit("/courses/FREE-1");
    expect(await readHeading()).toBe("Clear Writing");
    expect(screen.queryByRole("button", { name: /^Buy/ })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Enroll for free" }));
    await screen.findByText("Enrolled");
    expect(screen.getByRole("link", { name: "Go to course" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Enroll for free" })).toBeNull();
  });

  test("claims no enrollment that the API refused", async () => {
    serveApi({
      ...ordinaryAnswers,
      "POST /api/enrollments": () => refuse(500, "internal_error", "Enrolling is not possible."),
    });
    visit("/courses/FREE-1");
    await readHeading();
    await userEvent.click(screen.getByRole("button", { name: "Enroll for free" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Something went wrong on our side.");
    expect(screen.queryByText("Enrolled")).toBeNull();
  });

  test("asks a student whose sign-in has ended to sign in again", async () => {
    serveApi({ ...ordinaryAnswers, "POST /api/enrollments": () => new Response("{}", { status: 401 }) });
    visit("/courses/FREE-1");
    await readHeading();
    await userEvent.click(screen.getByRole("button", { name: "Enroll for free" }));
    expect(await screen.findByRole("button", { name: "Sign in to continue" })).toBeTruthy();
  });

  test("sells a paid course at its price", async () => {
    serveApi(ordinaryAnswers);
    visit("/courses/PAID-1");
    await readHeading();
    expect(screen.getByRole("button", { name: "Buy for $49.00" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Enroll for free" })).toBeNull();
  });

  test("does not sell what the student has", async () => {
    serveApi({
      ...ordinaryAnswers,
      "GET /api/enrollments/check/PAID-1": () => ({ enrolled: true, enrollment: enrollmentIn("PAID-1") }),
    });
    visit("/courses/PAID-1");
    await readHeading();
    expect(screen.getByText("Enrolled")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Buy/ })).toBeNull();
  });

  test("shows who teaches, what one learns and in which order", async () => {
    serveApi(ordinaryAnswers);
    visit("/courses/PAID-1");
    await readHeading();
    const text = screen.getByRole("main").textContent;
    for (const part of ["Barbara Liskov", "Leave out what nobody misses", "Sentences", "Short ones"]) {
      expect(text).toContain(part);
    }
  });

  test("of an unknown course is a page that is not there", async () => {
    serveApi({
      ...ordinaryAnswers,
      "GET /api/courses/NOPE": () => refuse(404, "course_not_found", "There is no such course."),
      "GET /api/enrollments/check/NOPE": () => ({ enrolled: false }),
    });
    visit("/courses/NOPE");
    expect(await readHeading()).toBe("Page not found");
  });
});

describe("my courses", () => {
  test("are for students who are signed in", async () => {
    serveApi(ordinaryAnswers);
    visit("/my-courses");
    expect(await readHeading()).toBe("Please sign in");
  });

  test("are the student's own, and no other", async () => {
    keepSession(ada);
    serveApi({
      ...ordinaryAnswers,
      "GET /api/enrollments": () => ({ enrollments: [enrollmentIn("FREE-1")] }),
    });
    visit("/my-courses");
    await readHeading();
    expect(screen.getByTestId("course-card-FREE-1")).toBeTruthy();
    expect(screen.queryByTestId("course-card-PAID-1")).toBeNull();
  });
});

test("going to another page moves the focus to its heading", async () => {
  serveApi(ordinaryAnswers);
  const router = visit("/");
  await readHeading();
  expect(document.activeElement).toBe(document.body);
  await router.navigate("/courses/FREE-1");
  const heading = await screen.findByRole("heading", { level: 1, name: "Clear Writing" });
  await waitFor(() => expect(document.activeElement).toBe(heading));
});

test("a button that did its work and is gone leaves the focus on the heading", async () => {
  keepSession(ada);
  let isDown = true;
  let isEnrolled = false;
  serveApi({
    ...ordinaryAnswers,
    "GET /api/courses/FREE-1": () => (isDown ? undefined : { course: freeCourse }),
    "GET /api/enrollments/check/FREE-1": () =>
      isEnrolled ? { enrolled: true, enrollment: enrollmentIn("FREE-1") } : { enrolled: false },
    "POST /api/enrollments": () => {
      isEnrolled = true;
      return { status: "active", enrollment: enrollmentIn("FREE-1") };
    },
  });
  visit("/courses/FREE-1");
  await readHeading();
  isDown = false;
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  const heading = await screen.findByRole("heading", { level: 1, name: "Clear Writing" });
  await waitFor(() => expect(document.activeElement).toBe(heading));

  await userEvent.click(screen.getByRole("button", { name: "Enroll for free" }));
  await screen.findByText("Enrolled");
  await waitFor(() => expect(document.activeElement).toBe(heading));
});

test("an address that leads nowhere says so", async () => {
  serveApi({});
  visit("/no/such/page");
  expect(await readHeading()).toBe("Page not found");
});

test("there is nothing to sign out of until signing in has finished", async () => {
  keepSession(ada);
  serveApi({});
  visit("/sign-in/callback?code=1&state=2");
  expect(await readHeading()).toBe("That did not work");
  expect(screen.queryByRole("button", { name: "Sign out" })).toBeNull();
});
