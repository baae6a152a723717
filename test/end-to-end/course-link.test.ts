import { expect, test } from "vitest";
import { PHONE } from "#test/support/browser.ts";
import { runBursar } from "./bursar.ts";

const { openPage, url } = runBursar();

test("a link to a course opens the course, and says what it is to whoever runs no script", async () => {
  const answer = await fetch(url("/courses/TEST-COURSE-003"));
  const title = /property="og:title" content="([^"]*)"/.exec(await answer.text())?.[1];
  expect([answer.status, title]).toEqual([200, "Reliable Payments"]);
  expect(answer.headers.get("content-security-policy")).toContain("script-src 'self'");
  const { page } = await openPage("/courses/TEST-COURSE-003?utm_source=chat", {
    device: "phone",
    viewport: PHONE,
  });
  await page.getByRole("heading", { level: 1, name: "Reliable Payments" }).waitFor();
  expect(await page.title()).toBe("Reliable Payments · Bursar");
});

test.each(["/nowhere", "/courses/GONE", "/wp-login.php"])(
  "%s is not there, and the page says so",
  async (path) => {
    const { page, expectComplaints } = await openPage("/", { device: "phone", viewport: PHONE });
    expectComplaints(/404/);
    const answer = await page.goto(url(path));
    expect(answer?.status()).toBe(404);
    await page.getByRole("heading", { level: 1, name: "Page not found" }).waitFor();
  },
);
