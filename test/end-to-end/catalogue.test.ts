import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { answerCourses } from "#test/support/answer-courses.ts";
import { DEVICES } from "#test/support/browser.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { courseCard } from "#test/support/student-browser.ts";
import type { PaidCourse } from "#workflow/model.ts";
import { runBursar } from "./bursar.ts";
import { inspect } from "./inspect.ts";

const { openPage, url } = runBursar();

const courseNumber = (number: number): PaidCourse => ({
  ...paidCourse,
  courseId: `MANY-${String(number).padStart(4, "0")}`,
  name: `Reliable Payments, part ${number}`,
  description: "How money moves through software that may fail at any moment.".repeat(1 + (number % 3)),
});

/** The shipped pages of a catalogue that the stack's table does not have, since all tests share that. */
async function serveCourses(page: Page, count: number): Promise<void> {
  const courses = Array.from({ length: count }, (_, number) => courseNumber(number));
  const answer = answerCourses(courses);
  await page.route(url("/api/courses*"), async (route) =>
    route.fulfill({ json: await answer(new URL(route.request().url())) }),
  );
  await page.route(url("/api/courses/*"), (route) => {
    const courseId = route.request().url().split("/").at(-1);
    return route.fulfill({ json: { course: courses.find((course) => course.courseId === courseId) } });
  });
}

const cards = (page: Page) => page.getByTestId(/^course-card-/);
const countNodes = (page: Page) => page.evaluate(() => document.querySelectorAll("*").length);

describe.each(DEVICES)("on a $device, the catalogue", (device) => {
  test("without courses says so", async () => {
    const { page } = await openPage("/my-courses", device);
    await serveCourses(page, 0);
    await page.goto(url("/"));
    await page.getByText("There are no courses yet.").waitFor();
    expect(await page.getByRole("searchbox").count()).toBe(0);
    await inspect(page, "catalogue-empty");
  });

  test("of two thousand courses is seen page by page, and searched as a whole", async () => {
    const { page } = await openPage("/my-courses", device);
    await serveCourses(page, 2_000);
    await page.goto(url("/"));
    await page.getByText("More than 48 courses").waitFor();
    await inspect(page, "catalogue-many");
    expect(await cards(page).count()).toBe(48);
    expect(await countNodes(page)).toBeLessThan(1_500);

    await page.getByRole("link", { name: "Next courses" }).focus();
    await page.keyboard.press("Enter");
    await courseCard(page, "MANY-0090").getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: "Reliable Payments, part 90" }).waitFor();
    await page.goBack();
    await expect.poll(() => courseCard(page, "MANY-0090").evaluate(isInView)).toBe(true);
    expect(await countNodes(page)).toBeLessThan(1_500);

    await page.getByRole("searchbox", { name: "Search courses" }).fill("part 1999");
    await page.getByText("1 course", { exact: true }).waitFor();
    await courseCard(page, "MANY-1999").waitFor();
    await inspect(page, "catalogue-many-searched");
  });
});

/** Runs in the page. */
function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}
