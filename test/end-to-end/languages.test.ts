import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { PHONE } from "#test/support/browser.ts";
import { fillCard, payAndReturn, waitForStage } from "#test/support/student-browser.ts";
import { runBursar } from "./bursar.ts";

const { openPage, openAsStudent, url } = runBursar();
const phone = { device: "phone", viewport: PHONE };
const german = { ...phone, locale: "de-DE" };

const languageOf = (page: Page) => page.evaluate(() => document.documentElement.lang);
const chooser = (page: Page) => page.getByRole("contentinfo").getByRole("combobox");
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
const plain = (text: string | null) => (text ?? "").replaceAll(/\s+/g, " ");

test("a German browser is met in German, and nothing else is ever shown", async () => {
  const { page } = await openPage("/my-courses", german);
  const headings: string[] = [];
  await page.exposeFunction("noteHeading", (text: string) => headings.push(text));
  await page.addInitScript(() => {
    const note = (window as unknown as { noteHeading(text: string): void }).noteHeading;
    new MutationObserver(() => note(document.querySelector("h1")?.textContent ?? "")).observe(document, {
      childList: true,
      subtree: true,
    });
  });
  await page.goto(url("/"));
  await heading(page, "Kurse");
  await page.getByTestId("course-card-TEST-COURSE-003").waitFor();
  expect(new Set(headings.filter(Boolean))).toEqual(new Set(["Kurse"]));
  expect(await languageOf(page)).toBe("de");
  expect(await page.title()).toBe("Kurse · Bursar");
  expect(plain(await page.getByTestId("course-card-TEST-COURSE-003").textContent())).toContain("49,00 $");
});

test("what is chosen is stronger than the browser's language, in every tab and after a reload", async () => {
  const { page, context } = await openPage("/", german);
  const other = await context.newPage();
  await other.goto(url("/"));
  await heading(other, "Kurse");
  await chooser(page).selectOption("English");
  await heading(page, "Courses");
  await heading(other, "Courses");
  await page.reload();
  await heading(page, "Courses");
  expect(await languageOf(page)).toBe("en");
  await chooser(other).selectOption("Deutsch");
  await heading(page, "Kurse");
});

test("a language that cannot be loaded is said to be so, and the page stays as it is", async () => {
  const { page, expectComplaints } = await openPage("/", phone);
  expectComplaints(/ERR_CONNECTION_REFUSED .*\/german-/);
  await page.route(/\/assets\/german-/, (route) => route.abort("connectionrefused"));
  await chooser(page).selectOption("Deutsch");
  await page.getByText("This language could not be loaded.").waitFor();
  expect(await languageOf(page)).toBe("en");
  expect(await chooser(page).inputValue()).toBe("en");
});

test("a browser is met in English when its own language cannot be loaded, and in the page's own words without either", async () => {
  const { page, expectComplaints } = await openPage("/", german);
  expectComplaints(/ERR_CONNECTION_REFUSED .*\/(german|english)-/);
  await page.route(/\/assets\/german-/, (route) => route.abort("connectionrefused"));
  await page.reload();
  await heading(page, "Courses");
  await page.route(/\/assets\/english-/, (route) => route.abort("connectionrefused"));
  await page.reload();
  await page.getByText("Diese Seite konnte nicht geladen werden.").waitFor();
  await page.getByText("This page could not be loaded.").waitFor();
});

test("a purchase is made in German, from the catalogue to the receipt", async () => {
  const { page } = await openAsStudent("/courses/TEST-COURSE-003", phone);
  await chooser(page).selectOption("Deutsch");
  const request = page.waitForRequest(
    (asked) => asked.method() === "POST" && asked.url().endsWith("/enrollments"),
  );
  await page.getByRole("button", { name: /^Für 49,00\s\$ kaufen$/ }).click();
  expect((await request).postDataJSON()).toEqual({ courseId: "TEST-COURSE-003", locale: "de" });
  await heading(page, "Kasse");
  await fillCard(page, CARDS.good);
  await payAndReturn(page);
  await waitForStage(page, "enrolled");
  await heading(page, "Sie sind eingeschrieben");
  await page.getByRole("link", { name: "Zum Kurs" }).waitFor();
  await page.goto(url("/purchases"));
  await heading(page, "Käufe");
  const receipt = page.waitForEvent("popup");
  await page.getByRole("button", { name: /^Beleg/ }).click();
  await (await receipt).getByText("Receipt").first().waitFor();
});
