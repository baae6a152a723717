/** The client as a student meets it, over an API of which each test says what it answers. */
import { cleanup, configure, render, screen, waitFor } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, vi } from "vitest";
import { startLanguage } from "#client/language.ts";
import { routes } from "#client/routes.tsx";
import { keepSession } from "#client/session.ts";
import { answerCourses } from "#test/support/answer-courses.ts";
import type { CheckoutStatusAnswer, PurchaseSummary, Stage } from "#workflow/contract.ts";
import type { Enrollment, FreeCourse, PaidCourse } from "#workflow/model.ts";

// As the site itself, before it shows anything.
await startLanguage();

// What is waited for comes; when, is the machine's affair.
configure({ asyncUtilTimeout: 10_000 });

export const freeCourse: FreeCourse = {
  courseId: "FREE-1",
  status: "published",
  name: "Clear Writing",
  description: "Say it once, and plainly.",
  instructor: "Alan Turing",
  pricingModel: "free",
  learningObjectives: ["Leave out what nobody misses"],
  curriculum: [{ title: "Sentences", lessons: ["Short ones"] }],
};

export const paidCourse: PaidCourse = {
  ...freeCourse,
  courseId: "PAID-1",
  name: "Reliable Payments",
  description: "Nobody loses any money.",
  instructor: "Barbara Liskov",
  pricingModel: "paid",
  unitAmount: 4900,
  currency: "usd",
};

export const enrollmentIn = (courseId: string, progress = 0): Enrollment => ({
  userId: "ada",
  courseId,
  enrollmentType: "free",
  enrolledAt: "2026-10-03T10:00:00.000Z",
  paymentStatus: "free",
  progress,
  completed: false,
});

export const purchaseAt = (stage: Stage): CheckoutStatusAnswer => ({
  status: stage === "open" || stage === "expired" ? stage : "complete",
  paymentStatus: stage === "paid" || stage === "enrolled" || stage === "needs_attention" ? "paid" : "unpaid",
  courseId: paidCourse.courseId,
  enrolled: stage === "enrolled",
  stage,
  orderNumber: "TEST-0001",
});

/** The same purchase among the student's own. */
export const summaryAt = (stage: Stage, more: Partial<PurchaseSummary> = {}): PurchaseSummary => ({
  checkoutSessionId: "cs_1",
  courseId: paidCourse.courseId,
  courseName: paidCourse.name,
  unitAmount: 4900,
  currency: "usd",
  orderNumber: "TEST-0001",
  openedAt: "2026-10-03T12:00:00.000Z",
  stage,
  enrolled: stage === "enrolled",
  ...(stage === "open" && { canContinue: true }),
  ...more,
});

/** What a request is answered with; a `Response` for anything but 200 with JSON. */
type Answers = Record<string, (address: URL) => unknown>;

export const refuse = (status: number, code: string, message: string, more: object = {}) =>
  Response.json({ error: { code, message, requestId: "req_1", ...more } }, { status });

/** Answers `fetch` by "METHOD /path", with the query or without. Whatever is not listed is answered as unreachable. */
export function serveApi(answers: Answers) {
  const calls: string[] = [];
  const request = vi.fn(async (path: string, init: RequestInit = {}) => {
    const name = `${init.method ?? "GET"} ${path}`;
    calls.push(name);
    const find = answers[name] ?? answers[name.replace(/\?.*/, "")];
    const answer = await find?.(new URL(path, "http://localhost"));
    if (answer === undefined) throw new TypeError("Failed to fetch");
    return answer instanceof Response ? answer : Response.json(answer);
  });
  vi.stubGlobal("fetch", request);
  return { calls, request };
}

/** The answers that every page of a student without enrollments or purchases needs. */
export const ordinaryAnswers: Answers = {
  "GET /api/courses": (address) => answerCourses([freeCourse, paidCourse])(address),
  "GET /api/courses/FREE-1": () => ({ course: freeCourse }),
  "GET /api/courses/PAID-1": () => ({ course: paidCourse }),
  "GET /api/enrollments": () => ({ enrollments: [] }),
  "GET /api/purchases": () => ({ purchases: [] }),
  "GET /api/enrollments/check/FREE-1": () => ({ enrolled: false }),
  "GET /api/enrollments/check/PAID-1": () => ({ enrolled: false }),
};

export const ada = { accessToken: "token-of-ada", expiresAt: 9e9, userId: "ada", name: "Ada Lovelace" };

/** Opens the client at an address. Addresses of the router and of happy-dom are two; only the former changes. */
export function visit(address: string) {
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  render(<RouterProvider router={router} />);
  return router;
}

/** Waits for the page and returns its heading's text. */
export async function readHeading(): Promise<string> {
  await waitFor(() => {
    if (document.querySelector("[aria-busy=true]:not(button)")) throw new Error("still loading");
  });
  return (await screen.findByRole("heading", { level: 1 })).textContent;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
  keepSession(null);
  localStorage.clear();
  sessionStorage.clear();
});
