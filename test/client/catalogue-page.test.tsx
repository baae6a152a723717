import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { keepSession } from "#client/session.ts";
import {
  ada,
  enrollmentIn,
  ordinaryAnswers,
  paidCourse,
  readHeading,
  serveApi,
  visit,
} from "./student-site.tsx";

describe("the catalogue", () => {
  test("is there for everybody, with prices", async () => {
    const { calls } = serveApi(ordinaryAnswers);
    visit("/");
    expect(await readHeading()).toBe("Courses");
    expect(within(screen.getByTestId("course-card-FREE-1")).getByText("Free")).toBeTruthy();
    expect(within(screen.getByTestId("course-card-PAID-1")).getByText("$49.00")).toBeTruthy();
    expect(screen.queryByText("Enrolled")).toBeNull();
    expect(calls).toEqual(["GET /api/courses"]);
  });

  test("shows an enrolled student the badge and the progress instead of the price", async () => {
    keepSession(ada);
    serveApi({
      ...ordinaryAnswers,
      "GET /api/enrollments": () => ({ enrollments: [enrollmentIn("PAID-1", 40)] }),
    });
    visit("/");
    await readHeading();
    const card = within(screen.getByTestId("course-card-PAID-1"));
    expect(card.getByText("Enrolled")).toBeTruthy();
    expect(card.getByText("40%")).toBeTruthy();
    expect(card.queryByText("$49.00")).toBeNull();
    expect(within(screen.getByTestId("course-card-FREE-1")).queryByText("Enrolled")).toBeNull();
  });

  test("keeps search and filter in the address, and asks the API for one page of what is found", async () => {
    keepSession(ada);
    const { calls } = serveApi(ordinaryAnswers);
    const router = visit("/");
    await readHeading();
    calls.length = 0;
    await userEvent.type(screen.getByRole("searchbox", { name: "Search courses" }), "liskov payments");
    await screen.findByText("1 course");
    expect(router.state.location.search).toBe("?q=liskov+payments");
    await userEvent.click(screen.getByRole("radio", { name: "Free" }));
    await screen.findByText("No course matches your search.");
    expect(router.state.location.search).toBe("?q=liskov+payments&price=free");
    await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    await screen.findByText("2 courses");
    expect(router.state.location.search).toBe("");
    // Neither for each letter, nor again for what is the student's own.
    expect(calls).toEqual([
      "GET /api/courses?q=liskov+payments",
      "GET /api/courses?q=liskov+payments&price=free",
      "GET /api/courses",
    ]);
  });

  test("leaves the search field alone while somebody types faster than the address follows", async () => {
    serveApi(ordinaryAnswers);
    const router = visit("/");
    await readHeading();
    const field = screen.getByRole<HTMLInputElement>("searchbox", { name: "Search courses" });
    field.focus();
    field.value = "lisk";
    await act(() => router.navigate("/?q=lis"));
    expect(screen.getByText("1 course")).toBeTruthy();
    expect(field.value).toBe("lisk");
  });

  test("searches for what stands in the field when a price is chosen before the address has followed", async () => {
    serveApi(ordinaryAnswers);
    const router = visit("/?q=lis");
    await readHeading();
    screen.getByRole<HTMLInputElement>("searchbox", { name: "Search courses" }).value = "liskov";
    await userEvent.click(screen.getByRole("radio", { name: "Paid" }));
    await waitFor(() => expect(router.state.location.search).toBe("?q=liskov&price=paid"));
  });

  test("leads to the course that is chosen before what was typed is searched for", async () => {
    let answer = () => {};
    const slowly = new Promise<void>((resolve) => {
      answer = resolve;
    });
    serveApi({
      ...ordinaryAnswers,
      "GET /api/courses/PAID-1": () => slowly.then(() => ({ course: paidCourse })),
    });
    const router = visit("/");
    await readHeading();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    fireEvent.change(screen.getByRole("searchbox", { name: "Search courses" }), { target: { value: "lis" } });
    fireEvent.click(screen.getByRole("link", { name: "Reliable Payments" }));
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    vi.useRealTimers();
    answer();
    expect(await screen.findByRole("heading", { level: 1, name: "Reliable Payments" })).toBeTruthy();
    expect(router.state.location.pathname).toBe("/courses/PAID-1");
  });

  test("opens with the filter that the address names", async () => {
    serveApi(ordinaryAnswers);
    visit("/?price=paid");
    await readHeading();
    expect(screen.queryByTestId("course-card-FREE-1")).toBeNull();
    expect(screen.getByTestId("course-card-PAID-1")).toBeTruthy();
  });

  test("says that the API is down, and retrying works", async () => {
    let isDown = true;
    serveApi({ "GET /api/courses": () => (isDown ? undefined : { courses: [] }) });
    visit("/");
    expect(await readHeading()).toBe("That did not work");
    expect(screen.getByRole("alert").textContent).toContain("This site cannot be reached right now.");
    isDown = false;
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    await screen.findByRole("heading", { level: 1, name: "Courses" });
  });
});
