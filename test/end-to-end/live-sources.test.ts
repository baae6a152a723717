import { expect, onTestFinished, test } from "vitest";
import { DESKTOP, launchBrowser, visit } from "#test/support/browser.ts";
import { useLiveStack } from "#test/support/live-stack.ts";
import { plant } from "#test/support/source-copy.ts";
import { signIn } from "#test/support/student-browser.ts";

const live = useLiveStack();

async function openCatalogue() {
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const { page, complaints } = await visit(browser, DESKTOP);
  await page.goto(live.clientUrl);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return { page, complaints };
}

test("under npm run dev a page shows a changed component without losing what was typed, and its policy forbids it nothing", async () => {
  const { page, complaints } = await openCatalogue();
  await signIn(page, "grace@example.com");
  await page.getByRole("searchbox").fill("principles");
  const undo = await plant(live.root, {
    file: "client/components/Header.tsx",
    replace: "aria-label={frame.navigation}",
    by: 'aria-label="By hand"',
  });
  onTestFinished(undo);
  await page.getByRole("navigation", { name: "By hand" }).waitFor();
  await expect(page.getByRole("searchbox").inputValue()).resolves.toBe("principles");
  await page.goto(`${live.clientUrl}/courses/TEST-COURSE-001`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(complaints).toEqual([]);
});

test("under npm run dev the page says which handler cannot be read, until it is mended", async () => {
  const { page } = await openCatalogue();
  const undo = await plant(live.root, {
    file: "handlers/routes/students.ts",
    replace: "export function",
    by: "export functio",
  });
  onTestFinished(undo);
  const overlay = page.locator("vite-error-overlay");
  await overlay.getByText(/handlers\/routes\/students\.ts:\d+:\d+ does not load/).waitFor();
  await undo();
  await overlay.waitFor({ state: "detached" });
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(live.said()).toContain("All loads again.");
});
