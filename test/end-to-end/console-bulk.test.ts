import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { REGION, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { DESKTOP, launchBrowser, PHONE, visit } from "#test/support/browser.ts";
import { type ForwardingProxy, startForwardingProxy } from "#test/support/forwarding-proxy.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { readFirstLine, spawnNpmCommand } from "#test/support/run-npm-command.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  type StackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { createStackClients, type StackClients } from "#test/support/stack-clients.ts";
import { inspect } from "./inspect.ts";
import { seedFailedExecutions, sendLetters } from "./seed-failures.ts";

const namesOf = (count: number, kind: string) =>
  Array.from({ length: count }, (_, index) => `evt_${kind}_${String(index).padStart(3, "0")}`);
const MANY = { names: namesOf(500, "many"), courseId: "COURSE-MANY" };
const FEW = { names: namesOf(30, "few"), courseId: "COURSE-FEW" };

let place: StackPlace;
let stack: RunningStack;
let clients: StackClients;
let browser: Browser;
let proxy: ForwardingProxy;
let first: Awaited<ReturnType<typeof startConsole>>;
/** What the console has asked Step Functions for: when. */
const asked: Record<string, number[]> = {};

beforeAll(async () => {
  place = await createStackPlace();
  for (const { names, courseId } of [MANY, FEW]) await seedFailedExecutions(place.dataDir, names, courseId);
  [stack, browser] = await Promise.all([startRunningStack(place), launchBrowser()]);
  clients = createStackClients(stack);
  for (const { names, courseId } of [MANY, FEW]) await sendLetters(clients, stack.awsUrl, names, courseId);
  proxy = await startForwardingProxy(stack.awsUrl, ({ headers }) => {
    const [, operation] = /^AWSStepFunctions\.(\w+)$/.exec(String(headers["x-amz-target"])) ?? [];
    if (operation) (asked[operation] ??= []).push(Date.now());
    return false;
  });
  first = await startConsole();
});

afterAll(async () => {
  await browser?.close();
  first?.child.kill("SIGKILL");
  await proxy?.close();
  await stack?.stop();
  await removeStackPlace(place);
});

/** A process of its own, as on AWS, behind what counts its questions. */
async function startConsole(port = 0) {
  const where = ["--region", REGION, "--state-machine", STATE_MACHINE_ARN, "--endpoint-url", proxy.url];
  const child = spawnNpmCommand("console", [...where, "--port", String(port), "--json"], {
    env: { BURSAR_DATA_DIR: stack.dataDir, STRIPE_API_BASE: stack.stripeUrl },
  });
  const { url } = JSON.parse(await readFirstLine(child)) as { url: string };
  return { url, child };
}

async function kill(child: ChildProcess, signal: "SIGKILL" | "SIGINT"): Promise<void> {
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}

const mend = ({ courseId }: { courseId: string }) => clients.putItem(courseItem({ ...paidCourse, courseId }));

const progressOf = async (page: Page) => {
  const text = (await page.locator("output").filter({ hasText: "to come" }).textContent()) ?? "";
  return Number(/^(\d+) closed/.exec(text)?.[1] ?? 0);
};

/** Found, planned and run: three actions of the operator. */
async function redriveAll(page: Page, url: string, { courseId }: { courseId: string }, count: number) {
  await page.goto(`${url}/dead-letters?course=${courseId}`);
  await page.getByRole("button", { name: `Plan the redrive of all ${count} letters` }).click();
  await page.getByText(`${count} of ${count} purchases`).waitFor();
  await page.getByLabel("Why?").fill("the course is back");
  await page.getByLabel("Why?").press("Enter");
}

async function expectRedrivenOnce({ names }: { names: string[] }) {
  const { executions = [] } = await clients.sfn.send(
    new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN, maxResults: 1_000 }),
  );
  const ofPlan = executions.filter(({ name = "" }) => names.includes(name));
  expect(ofPlan.map(({ name, status, redriveCount }) => `${name} ${status} ${redriveCount}`).sort()).toEqual(
    names.map((name) => `${name} SUCCEEDED 1`),
  );
}

test("on a phone and by keyboard, one group of many is chosen, planned, run and closed, and Back leads to the same place", async () => {
  const { page, context, complaints } = await visit(browser, PHONE);
  await page.goto(`${first.url}/dead-letters`);
  await page.getByText("530", { exact: true }).first().waitFor();
  await page.getByRole("combobox", { name: "Course" }).selectOption(FEW.courseId);
  const all = page.getByRole("button", { name: "Plan the redrive of all 30 letters" });
  await all.waitFor();
  await page.getByRole("combobox", { name: "Course" }).selectOption("");
  await page.goBack();
  await all.waitFor();
  expect(new URL(page.url()).search).toBe(`?course=${FEW.courseId}`);
  await page.goto(`${first.url}/dead-letters`);
  expect(await page.getByRole("listitem").count()).toBeLessThanOrEqual(50);
  await inspect(page, "console-dead-letters-many");

  await page.getByRole("link", { name: "Next", exact: true }).first().click();
  await page.getByText("Page 2").first().waitFor();
  await page.getByRole("checkbox", { name: `Choose CourseNotFound of ${FEW.courseId}` }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Plan the redrive of 30 in groups chosen" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("30 of 30 purchases").waitFor();
  await inspect(page, "console-plan");
  const refused = await page.request.post(`${page.url().replace("/plans/", "/api/plans/")}/run`, {
    headers: { "x-bursar-console": "1" },
    data: { reason: " " },
  });
  expect(refused.status()).toBe(400);
  await mend(FEW);
  await page.getByLabel("Why?").fill("the course is back");
  await page.keyboard.press("Enter");
  await page.getByText("All of it went through, and its letters are closed.").waitFor({ timeout: 60_000 });
  await inspect(page, "console-plan-over");
  await page.goBack();
  await page.getByText("Page 2").first().waitFor();
  await expectRedrivenOnce(FEW);
  await context.close();
  expect(complaints).toEqual([]);
});

test("500 letters of one cause are found, planned, run and closed in three actions, though the console is killed half-way", async () => {
  asked["RedriveExecution"] = [];
  const { page, context, complaints } = await visit(browser, DESKTOP);
  await mend(MANY);

  await redriveAll(page, first.url, MANY, MANY.names.length);
  await expect.poll(() => asked["RedriveExecution"]?.length ?? 0, { timeout: 60_000 }).toBeGreaterThan(200);
  await kill(first.child, "SIGKILL");
  const before = asked["RedriveExecution"]?.length ?? 0;
  expect(before).toBeLessThan(MANY.names.length);

  const second = await startConsole(Number(new URL(first.url).port));
  await page.getByRole("button", { name: "Go on" }).click({ timeout: 60_000 });
  await page.getByText("All of it went through, and its letters are closed.").waitFor({ timeout: 90_000 });
  expect(await progressOf(page)).toBe(MANY.names.length);
  await page.goto(`${second.url}/dead-letters?course=${MANY.courseId}`);
  await page.getByText("No dead letter is like that").waitFor();

  await expectRedrivenOnce(MANY);
  expect([asked["RedriveExecution"]?.length, asked["StartExecution"]?.length ?? 0]).toEqual([
    MANY.names.length,
    0,
  ]);
  expectPaced(asked["DescribeExecution"] ?? []);
  await kill(second.child, "SIGINT");
  await context.close();
  expect(complaints.filter((complaint) => !complaint.includes("ERR_CONNECTION_"))).toEqual([]);
});

/** Five in whichever second. */
function expectPaced(times: number[]): void {
  const busiest = times.map((from) => times.filter((time) => time >= from && time < from + 1_000).length);
  expect(Math.max(0, ...busiest)).toBeLessThanOrEqual(5);
}
