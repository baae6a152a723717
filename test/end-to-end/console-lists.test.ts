import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { followExecution } from "#infra/local/follow-execution.ts";
import { DEVICES, visit } from "#test/support/browser.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import { inspect } from "./inspect.ts";
import { seedExecutions } from "./seed-executions.ts";
import { useConsole } from "./use-console.ts";

const used = useConsole(({ dataDir }) => seedExecutions(dataDir, 1_000));
const { address } = used;

const addressOf = (page: Page) => {
  const { pathname, searchParams } = new URL(page.url());
  const { before: _cursor, ...filters } = Object.fromEntries(searchParams);
  return { pathname, filters, page: searchParams.getAll("before").length + 1 };
};
const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });

describe.each(DEVICES)("on a $device", ({ viewport, device }) => {
  test("filters and pages are in the address: the way back and a link lead to the place", async () => {
    const { page, context, complaints } = await visit(used.browser, viewport);
    await page.goto(address("/?status=SUCCEEDED"));
    const rows = page.getByRole("region", { name: "Executions" }).locator("tbody tr");
    await link(page, "SEEDED-COURSE-3").first().click();
    // The last of a whole page, which the list that was left had not.
    await link(page, "evt_seeded_00503").waitFor();
    expect(await rows.count()).toBe(50);
    expect(addressOf(page)).toMatchObject({
      filters: { status: "SUCCEEDED", course: "SEEDED-COURSE-3" },
      page: 1,
    });
    await page.getByText(/^Looked at \d+, back to /).waitFor();
    await link(page, "Older").focus();
    await page.keyboard.press("Enter");
    await link(page, "evt_seeded_00493").waitFor();
    expect(addressOf(page).page).toBe(2);
    await inspect(page, "console-list-filtered");

    const opened = link(page, "evt_seeded_00013");
    await opened.scrollIntoViewIfNeeded();
    const scrolled = await page.evaluate(() => window.scrollY);
    expect(scrolled).toBeGreaterThan(100);
    await opened.click();
    await page.getByRole("heading", { name: "evt_seeded_00013" }).waitFor();
    await page.goBack();
    await opened.waitFor();
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(scrolled);
    const place = page.url();
    await link(page, "Newer").click();
    await link(page, "evt_seeded_00993").waitFor();

    await page.goto(place);
    await link(page, "evt_seeded_00493").waitFor();
    expect(await page.getByLabel("Course contains").inputValue()).toBe("SEEDED-COURSE-3");
    await context.close();
    expect(complaints).toEqual([]);
  });

  test("what has failed is found by its error, its time and its student", async () => {
    const name = `wrong-${device}`;
    await used.clients.postWebhook(purchaseEvent(name, { userId: `user-${name}`, courseId: "NO-SUCH" }));
    await followExecution(used.clients.sfn, `evt_${name}`);
    const { page, context, complaints } = await visit(used.browser, viewport);
    await page.goto(address("/"));
    const search = page.getByRole("search", { name: "Executions" });
    await search.getByLabel("Error contains").fill("notfound");
    await search.getByLabel("Student id contains").fill(name);
    await search.getByLabel("Started").selectOption("The last hour");
    const row = page.getByRole("row").filter({ hasText: `evt_${name}` });
    await row.getByText("NO-SUCH").waitFor();
    const wanted = { error: "notfound", student: name, within: "1h" };
    await expect.poll(() => addressOf(page).filters).toEqual(wanted);
    await search.getByLabel("Started").selectOption("Between...");
    await search.getByLabel("To", { exact: true }).fill("2020-01-01T00:00");
    await page.getByText("No execution is like that").waitFor();
    await inspect(page, "console-list-between");
    await page.goBack();
    await row.waitFor();
    await context.close();
    expect(complaints).toEqual([]);
  });
});
