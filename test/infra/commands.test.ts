import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OIDC_CLIENT_ID } from "#infra/local/names.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { requestAccessToken } from "#infra/local/sign-in/request-access-token.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { writeCourses } from "#infra/operate/seed/write-courses.ts";
import { type CheckResult, runChecks } from "#infra/operate/smoke/check.ts";
import { purchaseChecks } from "#infra/operate/smoke/purchase-checks.ts";
import { openSite } from "#infra/operate/smoke/site.ts";
import { visitorChecks } from "#infra/operate/smoke/visitor-checks.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { runNpmCommand } from "#test/support/run-npm-command.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import type { PaidCourse as Course } from "#workflow/model.ts";

let place: Awaited<ReturnType<typeof createStackPlace>>;
let stack: RunningStack;
let directory: string;

beforeAll(async () => {
  place = await createStackPlace();
  directory = await mkdtemp(path.join(tmpdir(), "bursar-commands-"));
  stack = await startRunningStack(place);
});

afterAll(async () => {
  await stack?.stop();
  await removeStackPlace(place);
  await rm(directory, { recursive: true, force: true });
});

/** A command as a person would give it, with the local stack as its AWS and Stripe. */
const runCommand = (
  command: Parameters<typeof runNpmCommand>[0],
  words: string[],
  environment: Record<string, string> = {},
) =>
  runNpmCommand(command, words, {
    AWS_ENDPOINT_URL: stack.awsUrl,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    STRIPE_API_BASE: stack.stripeUrl,
    ...environment,
  });

const keyed = { STRIPE_SECRET_KEY: STAND_IN_STRIPE.secretKey };

async function tokenOf(email: string): Promise<string> {
  const redirectUri = `${stack.clientUrl}/sign-in/callback`;
  const { issuerUrl } = stack;
  return (await requestAccessToken({ issuerUrl, clientId: OIDC_CLIENT_ID, redirectUri, email })).accessToken;
}

describe("smoke", () => {
  test("finds the local stack in order, and buys a course there", async () => {
    const words = [
      "--url",
      stack.clientUrl,
      "--json",
      "--purchase",
      "--token",
      await tokenOf("ada@example.com"),
    ];
    const { code, stdout, stderr } = await runCommand("smoke", words, keyed);
    const { checks } = JSON.parse(stdout) as { checks: CheckResult[] };
    expect(checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(checks.at(-1)?.detail).toBe("paid and enrolled");
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("opens a checkout and sees its closing delivered, where only a person could pay", async () => {
    const purchase = purchaseChecks({
      site: openSite(stack.clientUrl),
      token: await tokenOf("grace@example.com"),
      stripe: createStandInClient(stack.stripeUrl),
      courseId: "TEST-COURSE-005",
      standInUrl: undefined,
    });
    const results = await runChecks(purchase, () => {});
    expect(results.map(({ passed }) => passed)).toEqual([true, true, true]);
    expect(results.at(-1)?.detail).toMatch(/^evt_\w+ was delivered/);
  });

  test("says of a site that refuses nobody what it should have refused", async () => {
    const server = createServer((_request, response) => response.end("{}"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const results = await runChecks(visitorChecks(openSite(`http://127.0.0.1:${port}`)), () => {});
    server.closeAllConnections();
    server.close();
    expect(results.filter(({ passed }) => passed)).toEqual([]);
    expect(results.map(({ detail }) => detail)).toContain(
      "the status of GET /api/students/me is 200 instead of 401",
    );
  });

  test("says in one sentence that nobody answers, and fails", async () => {
    const { code, stdout, stderr } = await runCommand("smoke", ["--url", "http://127.0.0.1:1"]);
    expect(code).toBe(1);
    expect(stdout).toContain("FAILED  the API is healthy: http://127.0.0.1:1 does not answer");
    expect(stderr.trim()).toBe("7 of 7 checks failed.");
  });

  test("buys nothing with a live key", async () => {
    const words = ["--url", stack.clientUrl, "--purchase", "--token", "any"];
    const { code, stderr } = await runCommand("smoke", words, { STRIPE_SECRET_KEY: "sk_live_1" });
    expect(code).toBe(1);
    expect(stderr).toContain("STRIPE_SECRET_KEY to be a test key");
  });
});

describe("seed", () => {
  const course: Course = { ...paidCourse, courseId: "SEED-1" };

  async function fileOf(courses: unknown): Promise<string> {
    const file = path.join(directory, "courses.json");
    await writeFile(file, JSON.stringify(courses));
    return file;
  }

  test("writes courses as the API reads them", async () => {
    const { stdout, stderr } = await runCommand("seed", [await fileOf([course]), "--json"]);
    expect(JSON.parse(stdout)).toEqual({ created: ["SEED-1"], changed: [], unchanged: [] });
    expect(stderr).toBe("");
    const response = await fetch(`${stack.clientUrl}/api/courses/SEED-1`);
    expect(await response.json()).toEqual({ course });
  });

  test("writes into the stack of this machine, and compares with the Stripe of this machine", async () => {
    const stripe = createStandInClient(stack.stripeUrl);
    const price = await stripe.prices.create({
      currency: "usd",
      unit_amount: 4900,
      product_data: { name: "Reliable Payments" },
    });
    const { unitAmount, ...priced } = { ...course, courseId: "SEED-8", price: 49, stripePriceId: price.id };
    const local = {
      AWS_PORT: new URL(stack.awsUrl).port,
      STRIPE_PORT: new URL(stack.stripeUrl).port,
    };
    const { code, stdout, stderr } = await runNpmCommand("seed", [await fileOf([priced]), "--local"], local);
    expect(stderr).toBe("");
    expect([code, stdout]).toEqual([
      0,
      "created: SEED-8\n1 course was compared with Stripe's prices and products.\n",
    ]);
    const response = await fetch(`${stack.clientUrl}/api/courses/SEED-8`);
    expect(await response.json()).toMatchObject({ course: { unitAmount, currency: "usd" } });
  });

  test("changes nothing when the same courses come again, and says what it changes otherwise", async () => {
    const { table } = createStackClients(stack);
    const seeded: Course = { ...course, courseId: "SEED-2" };
    expect(await writeCourses([seeded], table)).toMatchObject({ created: ["SEED-2"] });
    expect(await writeCourses([seeded], table)).toMatchObject({ unchanged: ["SEED-2"], changed: [] });
    expect(await writeCourses([{ ...seeded, unitAmount: 5900 }], table)).toMatchObject({
      changed: ["SEED-2"],
    });
  });

  test("writes nothing of a file in which one course is wrong, and names every fault", async () => {
    const courses = [
      { ...course, courseId: "SEED-3" },
      { ...course, courseId: "SEED-4", unitAmount: 30 },
      { ...course, courseId: "SEED-5", stripePriceId: "price_none" },
      { ...course, courseId: "SEED-3" },
    ];
    const { code, stdout, stderr } = await runCommand("seed", [await fileOf(courses)], keyed);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /SEED-4: unitAmount 30 \(\$0.30\) is less .*\n.*SEED-3: is there twice\n.*SEED-5: Stripe knows no price price_none\n$/,
    );
    expect(await createStackClients(stack).readItem("COURSE#SEED-3", "METADATA")).toBeUndefined();
  });

  test("says which table is missing", async () => {
    const { table } = createStackClients(stack);
    await expect(writeCourses([course], { ...table, tableName: "bursar-education-nowhere" })).rejects.toThrow(
      "There is no table bursar-education-nowhere in this account and region. Deploy first, or name the --stage.",
    );
  });
});

test("deploy asks for the publishable key before it does anything", async () => {
  const { code, stderr } = await runCommand("deploy", []);
  expect(code).toBe(1);
  expect(stderr).toContain("add -c stripePublishableKey=pk_test_...");
});

test.each(["synth", "deploy", "destroy", "stripe:setup", "seed", "smoke"] as const)(
  "%s explains itself",
  async (command) => {
    const { code, stdout } = await runCommand(command, ["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`npm run ${command} --`);
  },
);
