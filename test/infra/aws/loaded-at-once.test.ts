/** What a new instance of the API loads before it can answer: every student who meets one waits for it. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleHandler } from "#infra/aws/bundle-handler.ts";
import { handlerEnvironmentOf } from "#test/bench/load-bundle.ts";
import { claimsOf, gatewayEvent } from "#test/support/gateway-events.ts";
import { invokeBundle } from "#test/support/invoke-bundle.ts";

const MOST_BYTES = 560_000;
/** Of an import that is not `import(...)`. */
const LOADS_AT_ONCE = /(?:from|import)"\.\/([^"]+)"/g;

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "bursar-api-"));
  bundleHandler("api.ts", directory);
});

afterAll(() => rm(directory, { recursive: true, force: true }));

async function readLoadedAtOnce(): Promise<string> {
  const codes = new Map<string, string>();
  const visit = async (file: string) => {
    if (codes.has(file)) return;
    const code = await readFile(path.join(directory, file), "utf8");
    codes.set(file, code);
    for (const [, part = ""] of code.matchAll(LOADS_AT_ONCE)) await visit(part);
  };
  await visit("index.mjs");
  return [...codes.values()].join("");
}

const post = (body: string, headers = {}) =>
  gatewayEvent({ method: "POST", path: "/api/enrollments", body, headers, claims: claimsOf("user-1") });

async function ask(event: ReturnType<typeof gatewayEvent>) {
  const env = handlerEnvironmentOf({ awsUrl: "http://localhost:1" });
  const bundle = { bundle: path.join(directory, "index.mjs"), handler: "handler" };
  const invocation = await invokeBundle(bundle, event, env, 20);
  if (invocation.kind !== "returned") throw new Error(JSON.stringify(invocation));
  const { statusCode, body } = invocation.value as { statusCode: number; body: string };
  return { statusCode, message: (JSON.parse(body) as { error: { message: string } }).error.message };
}

test("is the table's SDK, and neither Stripe's nor the secret's nor the executions', for which few ask", async () => {
  const code = await readLoadedAtOnce();
  const signs = ["DynamoDB_20120810", "api.stripe.com", "GetSecretValue", "StartExecution"];
  expect(signs.filter((sign) => code.includes(sign))).toEqual(["DynamoDB_20120810"]);
});

test("is no more than it was", async () => {
  expect((await readLoadedAtOnce()).length).toBeLessThan(MOST_BYTES);
});

test("reads a body with the mark of UTF-8", async () => {
  const message = expect.stringContaining("courseId");
  expect(await ask(post('\u{feff}{"courseId":1}'))).toEqual({ statusCode: 400, message });
});

test("refuses a body in another encoding", async () => {
  const headers = { "content-type": "application/json; charset=utf-16" };
  expect(await ask(post("{}", headers))).toMatchObject({ statusCode: 415 });
});

test("reads a query without what would nest it", async () => {
  const query = "after=a&before=b&q[nested]=c";
  expect(await ask(gatewayEvent({ path: "/api/courses", query }))).toMatchObject({ statusCode: 400 });
});
