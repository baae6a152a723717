import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchBrowser } from "#test/support/browser.ts";
import { useBuiltClient } from "#test/support/served-client.ts";

const built = useBuiltClient();
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const ATTACK = (code: string) => `${code};window.attacked = true;`;

/** Opens the checkout with nobody signed in. @returns whether the script that was slipped in has run, and what the browser says */
async function visit(url: string) {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  // Until nothing is loaded any more: a page that may not run its scripts stays empty.
  await page.goto(`${url}/checkout/TEST-COURSE-003`, { waitUntil: "networkidle" });
  const hasRun = await page.evaluate(() => "attacked" in window);
  const text = await page.locator("body").innerText();
  await page.close();
  return { hasRun, text, complaints: complaints.join("\n") };
}

test("the client as it was built runs", async () => {
  const { text, complaints } = await visit((await built.serve()).url);
  expect(text).toContain("Sign in");
  expect(complaints).not.toContain("integrity");
});

test.each([
  ["the words of the first load", "assets/english"],
  ["a page that comes later", "assets/CheckoutPage"],
])("%s that was changed where it lies does not run", async (_what, file) => {
  const { url, alter } = await built.serve();
  await alter(file, ATTACK);
  const { hasRun, complaints } = await visit(url);
  expect(hasRun).toBe(false);
  expect(complaints).toMatch(/integrity/);
});

test("it is the digests in the page that keep it from running", async () => {
  const { url, alter } = await built.serve();
  await alter("assets/CheckoutPage", ATTACK);
  await alter("index.html", (html) => html.replace(/<meta name="digests"[^>]*>/, ""));
  expect((await visit(url)).hasRun).toBe(true);
});
