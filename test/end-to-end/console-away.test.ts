import { expect, test } from "vitest";
import { DEVICES, visit } from "#test/support/browser.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import { inspect } from "./inspect.ts";
import { useConsole } from "./use-console.ts";

const used = useConsole();
const { address } = used;

test.each(DEVICES)(
  "on a $device a standing fault has a badge, and an alarm leads into the runbook",
  async ({ device, viewport }) => {
    const { page, context, complaints } = await visit(used.browser, viewport);
    await page.goto(address("/faults"));
    await page.getByLabel("Why?").fill("a drill");
    await page.getByLabel("Dependency").selectOption("Step Functions: starting executions");
    await page.getByRole("button", { name: "Break" }).click();
    await page.getByRole("link", { name: "Faults 1" }).waitFor();
    await page.getByRole("button", { name: "Mend" }).click();
    await page.getByRole("link", { name: "Faults", exact: true }).waitFor();

    await page.getByRole("link", { name: "Alarms" }).click();
    await page.locator('[data-alarm="DeadLetters"]').getByRole("link").click();
    await page.getByRole("heading", { name: "Dead letters" }).waitFor();
    await page.getByText("A paid purchase could not be turned into an enrollment.").waitFor();
    await inspect(page, `console-runbook-${device}`);
    await context.close();
    expect(complaints).toEqual([]);
  },
);

test("a list survives a server that is away, and says how old it is", async () => {
  const { page, complaints } = used.visited;
  await createStackClients(used.stack).deliver(purchaseEvent("survives", { courseId: "NO-SUCH-COURSE" }));
  await page.goto(address("/"));
  const row = page.getByRole("link", { name: "evt_survives" });
  await row.waitFor();
  // Only the page's own requests find nobody: the stack is the file's.
  await page.route("**/api/**", (route) => route.abort("connectionrefused"));
  const notice = page.getByRole("alert").first();
  await notice.getByText(/does not answer.*What is shown was said at .* ago\./).waitFor();
  expect(await row.count()).toBe(1);
  await page.getByRole("link", { name: "Ledger" }).click();
  await page.getByRole("alert").getByText("The console's server does not answer.").waitFor();
  await page.getByRole("link", { name: "Executions" }).click();
  await row.waitFor();
  await page.unroute("**/api/**");
  await notice.waitFor({ state: "detached" });
  expect(complaints.splice(0).every((complaint) => complaint.includes("ERR_CONNECTION_REFUSED"))).toBe(true);
});
