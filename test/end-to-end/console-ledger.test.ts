import { beforeAll, expect, test } from "vitest";
import { followExecution } from "#infra/local/follow-execution.ts";
import { DEVICES, visit } from "#test/support/browser.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import { inspect } from "./inspect.ts";
import { useConsole } from "./use-console.ts";

const used = useConsole();

beforeAll(async () => {
  const clients = createStackClients(used.stack);
  await clients.postWebhook(purchaseEvent("signed", { courseId: "NO-SUCH-COURSE" }));
  await followExecution(clients.sfn, "evt_signed");
});

test.each(DEVICES)(
  "what is done on a $device asks why, and stands in the ledger",
  async ({ viewport, device }) => {
    const { page, context, complaints } = await visit(used.browser, viewport);
    const { address } = used;
    await page.goto(address("/executions/evt_signed"));
    const redrive = page.getByRole("button", { name: "Redrive", exact: true });
    await redrive.first().click();
    // The keyboard alone goes in and out.
    const reason = page.getByLabel("Why?");
    await expect.poll(() => reason.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => redrive.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await reason.fill(`because of ada@example.com`);
    await reason.press("Enter");
    await page.getByRole("alert").getByText("without an e-mail address").waitFor();
    // The browser complains of an answer 400.
    expect(complaints.splice(0)).toHaveLength(1);
    await reason.fill(`seen on a ${device}`);
    await inspect(page, `console-reason-${device}`);
    await reason.press("Enter");
    await reason.waitFor({ state: "detached" });

    await page.getByRole("link", { name: "Ledger" }).click();
    await page.getByLabel("About which id").fill("evt_signed");
    const row = page.getByRole("row").filter({ hasText: `seen on a ${device}` });
    await row.getByText("Done", { exact: true }).waitFor();
    await row.getByText("evt_signed: at work").waitFor();
    await page.getByLabel("Action").selectOption("stop");
    await page.getByText("Nothing was done").waitFor();
    const filters = () => Object.fromEntries(new URL(page.url()).searchParams);
    await expect.poll(filters).toEqual({ about: "evt_signed", action: "stop" });
    await page.goto(address("/ledger"));
    await row.waitFor();
    await inspect(page, `console-ledger-${device}`);
    await context.close();
    expect(complaints).toEqual([]);
  },
);
