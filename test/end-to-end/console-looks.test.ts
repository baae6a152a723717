import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { followExecution } from "#infra/local/follow-execution.ts";
import { REGION, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { keptConsole } from "#infra/operate/console/build-client.ts";
import { startConsole } from "#infra/operate/console/start-console.ts";
import { DEVICES, visit } from "#test/support/browser.ts";
import { endpointsOf } from "#test/support/run-npm-command.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import { inspect } from "./inspect.ts";
import { useConsole } from "./use-console.ts";

const used = useConsole();
const FAILED = "evt_looked-at";
const LOOKING = `arn:aws:sts::123456789012:assumed-role/bursar-${REGION}-looking/jo`;

beforeAll(async () => {
  await used.clients.deliver(purchaseEvent("looked-at", { courseId: "NO-SUCH-COURSE" }));
  await followExecution(used.clients.sfn, FAILED);
  Object.assign(process.env, endpointsOf(used.stack));
});

/** As one that was opened under the role that looks. */
async function openLooking(): Promise<string> {
  const console = await startConsole({
    port: 0,
    aws: awsOf(used.stack),
    stateMachineArn: STATE_MACHINE_ARN,
    mayRedrive: true,
    pages: await keptConsole(),
    stripeApiBase: used.stack.stripeUrl,
    askWho: async () => LOOKING,
  });
  onTestFinished(() => console.close());
  return console.url;
}

describe.each(DEVICES)("on a $device", ({ device, viewport }) => {
  test("a console under the role that looks says so, names who asks, and lets nothing be pressed", async () => {
    const url = await openLooking();
    const { page, context, complaints } = await visit(used.browser, viewport);
    await page.goto(`${url}/executions/${FAILED}`);
    await page.getByText(`as ${LOOKING} (looking)`).waitFor();
    const redrive = page.getByRole("button", { name: "Redrive", exact: true });
    await redrive.waitFor();
    expect(await redrive.isDisabled()).toBe(true);
    const reason = page.locator(`#${await redrive.getAttribute("aria-describedby")}`);
    expect(await reason.textContent()).toMatch(
      /^This console only looks: .* take the role bursar-us-east-1-repairing \(RepairingRoleArn/,
    );
    await inspect(page, `console-looks-${device}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("a section of the runbook is drawn as it is meant, leads on to others, and its commands can be copied", async () => {
    const { page, context, complaints } = await visit(used.browser, viewport);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(used.address("/runbook/dead-letters"));
    await page.getByRole("cell", { name: "CourseNotFound" }).waitFor();
    const text = (await page.getByRole("main").textContent()) ?? "";
    expect(text).not.toMatch(/```|\]\(|\*\*|^\|/m);

    await page.getByRole("button", { name: "Copy" }).first().click();
    await page.getByText("Copied").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /^aws sqs receive-message --visibility-timeout 0/,
    );
    await inspect(page, `console-runbook-section-${device}`);
    await page.getByRole("cell").getByRole("link", { name: "Double payment" }).click();
    await page.getByRole("heading", { name: "Double payment" }).waitFor();
    await page.getByRole("link", { name: "All sections" }).click();
    await page
      .getByRole("navigation", { name: "Sections" })
      .getByRole("link", { name: "Webhook failures" })
      .waitFor();
    await inspect(page, `console-runbook-${device}`);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
