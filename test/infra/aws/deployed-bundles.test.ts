import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { DescribeExecutionCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Synthesis } from "#infra/aws/synthesise.ts";
import { executionArn } from "#infra/local/names.ts";
import { SEEDED_STUDENTS } from "#infra/local/seeded-students.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { LARGEST_BUNDLES } from "#test/bench/largest-bundles.ts";
import { deployedEnvironment } from "#test/support/deployed-environment.ts";
import { claimsOf, gatewayEvent, webhookEvent } from "#test/support/gateway-events.ts";
import { invokeBundle } from "#test/support/invoke-bundle.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import { purchaseEvent, sign, stripeEvent } from "#test/support/stripe-events.ts";

const run = promisify(execFile);
const [ada, grace] = SEEDED_STUDENTS;
const userId = ada?.userId ?? "";

let place: Awaited<ReturnType<typeof createStackPlace>>;
let stack: RunningStack;
let directory: string;
let synthesis: Synthesis;

beforeAll(async () => {
  place = await createStackPlace();
  directory = await mkdtemp(path.join(tmpdir(), "bursar-synth-"));
  const synth = ["--import", "tsx", "infra/aws/commands/synth.ts", "--json", "--output", directory];
  const [made, started] = await Promise.all([run(process.execPath, synth), startRunningStack(place)]);
  synthesis = JSON.parse(made.stdout) as Synthesis;
  stack = started;
}, 180_000);

afterAll(async () => {
  await stack?.stop();
  await removeStackPlace(place);
  await rm(directory, { recursive: true, force: true });
});

const TIME_SECONDS = 60;

async function invoke(
  functionName: string,
  event: unknown,
  settings: Record<string, string> = {},
): Promise<unknown> {
  const deployed = synthesis.functions.find(({ name }) => name === functionName);
  if (!deployed) throw new Error(`${functionName} is not deployed`);
  const env = { ...deployedEnvironment(stack), ...settings };
  const invocation = await invokeBundle(deployed, event, env, TIME_SECONDS);
  if (invocation.kind !== "returned") throw new Error(JSON.stringify(invocation));
  return invocation.value;
}

const enrollAsGrace = (request: { body: string; headers?: Record<string, string> }) =>
  gatewayEvent({
    method: "POST",
    path: "/api/enrollments",
    claims: claimsOf(grace?.userId ?? ""),
    ...request,
  });

const purchase = (eventId: string) =>
  paymentEvent({ eventId, checkoutSessionId: `cs_${eventId}`, userId, clientReferenceId: userId });

describe("the synthesised deployment", () => {
  test("has seven stacks, and no open finding of cdk-nag or of the CDK's own rules", () => {
    // The command fails on an open finding; this says that it came to its end.
    expect(synthesis.stacks.map(({ name }) => name).sort()).toEqual([
      "Bursar-Api",
      "Bursar-Client",
      "Bursar-Data",
      "Bursar-Identity",
      "Bursar-Operations",
      "Bursar-Site",
      "Bursar-Workflow",
    ]);
  });

  test("gives a reason for every finding that it acknowledges", () => {
    expect(synthesis.acknowledgements.length).toBeGreaterThan(0);
    for (const { rule, reason, construct } of synthesis.acknowledgements) {
      expect(reason, `${rule} at ${construct}`).toMatch(/^[A-Z].{20,}\.$/);
    }
  });

  test("is what the CDK's command line deploys", async () => {
    const cdk = path.join("node_modules", "aws-cdk", "bin", "cdk");
    const { stdout } = await run(process.execPath, [cdk, "--no-notices", "list", "--app", directory]);
    expect(stdout.trim().split("\n").length).toBe(synthesis.stacks.length);
  });
});

describe("each deployed bundle loads and does its work", () => {
  test("the webhook starts an execution", async () => {
    const body = purchaseEvent("bundle_webhook", { userId });
    const signature = sign(body, STAND_IN_STRIPE.webhookSecret);
    const answer = await invoke("bursar-webhook", webhookEvent(body, signature));
    expect(answer).toMatchObject({ statusCode: 200, body: expect.stringContaining('"started":true') });
    const { sfn } = createStackClients(stack);
    const execution = new DescribeExecutionCommand({ executionArn: executionArn("evt_bundle_webhook") });
    await expect.poll(async () => (await sfn.send(execution)).status, { timeout: 20_000 }).toBe("SUCCEEDED");
  });

  test("the webhook loads its overflow queue when no execution can be started", async () => {
    const body = stripeEvent({ id: "evt_bundle_overflow", session: { payment_status: "unpaid" } });
    const signature = sign(body, STAND_IN_STRIPE.webhookSecret);
    const answer = await invoke("bursar-webhook", webhookEvent(body, signature), {
      AWS_ENDPOINT_URL_SFN: "http://localhost:1",
    });
    expect(answer).toMatchObject({ statusCode: 200, body: expect.stringContaining('"queued":true') });
  });

  test("the webhook without its own secret asks Stripe to deliver again", async () => {
    const body = purchaseEvent("bundle_no_secret", { userId });
    const signature = sign(body, STAND_IN_STRIPE.webhookSecret);
    const answer = await invoke("bursar-webhook", webhookEvent(body, signature), {
      SIGNING_SECRET_ID: "none",
    });
    expect(answer).toMatchObject({ statusCode: 500, body: expect.stringContaining("not_stored") });
  });

  test("the copier finds the webhook's secret up to date", async () => {
    expect(await invoke("bursar-copy-signing-secret", {})).toBe("unchanged");
  });

  test("the API answers with the catalogue", async () => {
    const answer = (await invoke("bursar-api", gatewayEvent({ path: "/api/courses" }))) as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
    };
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(JSON.parse(answer.body).courses).toHaveLength(6);
  });

  test("the API refuses the charsets whose tables are not in its bundle", async () => {
    for (const charset of ["shift_jis", "big5", "gb18030", "utf-7", "utf-99"]) {
      const headers = { "content-type": `application/json; charset=${charset}` };
      const request = enrollAsGrace({ body: "{}", headers });
      const answer = (await invoke("bursar-api", request)) as { statusCode: number };
      expect([400, 415], charset).toContain(answer.statusCode);
    }
  });

  test("the API opens a checkout at Stripe", async () => {
    const body = JSON.stringify({ courseId: "TEST-COURSE-005" });
    const answer = await invoke("bursar-api", enrollAsGrace({ body }));
    expect(answer).toMatchObject({ statusCode: 201, body: expect.stringContaining("checkoutSessionId") });
  });

  test("the steps validate, write, link and close", async () => {
    const event = { ...purchase("evt_bundle_steps"), courseId: "TEST-COURSE-005", amountSubtotal: 12_900 };
    expect(await invoke("bursar-validate-session", { event, executionName: "evt_bundle_steps" })).toEqual({
      isBarred: false,
    });
    expect(await invoke("bursar-write-enrollment", event)).toEqual({ enrolledAt: expect.any(String) });
    expect(await invoke("bursar-link-customer", event)).toBeNull();
    expect(await invoke("bursar-close-checkout", event)).toBeNull();
  });

  test("the overflow queue's consumer starts what waited there", async () => {
    const body = JSON.stringify({ ...purchase("evt_bundle_queue"), paymentStatus: "unpaid" });
    const Records = [{ messageId: "m-1", body, eventSource: "aws:sqs" }];
    expect(await invoke("bursar-webhook-queue-consumer", { Records })).toEqual({ batchItemFailures: [] });
  });

  test("the reconciliation looks at Stripe, at the executions and at the table", async () => {
    expect(await invoke("bursar-reconcile", {})).toMatchObject({ looked: { sessions: expect.any(Number) } });
  });

  test("the pre-token trigger completes an access token", async () => {
    const request = { userAttributes: { email: "ada@example.com" } };
    expect(await invoke("bursar-pre-token", { request, response: {} })).toMatchObject({
      response: { claimsAndScopeOverrideDetails: { accessTokenGeneration: expect.anything() } },
    });
  });
});

test("the webhook's bundle carries neither Express nor the table's SDK, unlike the API's", async () => {
  const ballast = ["x-powered-by", "DynamoDB_20120810"];
  const carriedBy = async (functionName: string) => {
    const { bundle = "" } = synthesis.functions.find(({ name }) => name === functionName) ?? {};
    const directory = path.dirname(bundle);
    const files = await readdir(directory);
    const codes = await Promise.all(files.map((file) => readFile(path.join(directory, file), "utf8")));
    return ballast.filter((sign) => codes.join().toLowerCase().includes(sign.toLowerCase()));
  };
  expect(await carriedBy("bursar-webhook")).toEqual([]);
  expect(await carriedBy("bursar-api")).toEqual(ballast);
});

test.each(Object.entries(LARGEST_BUNDLES))("%s has not grown past %d bytes", (entry, most) => {
  const { bytes } = synthesis.functions.find(({ name }) => name === `bursar-${entry}`) ?? {};
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(most);
});
