import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { OIDC_CLIENT_ID } from "#infra/local/names.ts";
import { requestAccessToken } from "#infra/local/sign-in/request-access-token.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { type CheckResult, runChecks } from "#infra/operate/smoke/check.ts";
import { purchaseChecks } from "#infra/operate/smoke/purchase-checks.ts";
import { openSite } from "#infra/operate/smoke/site.ts";
import { visitorChecks } from "#infra/operate/smoke/visitor-checks.ts";
import { endpointsOf, runNpmCommand } from "#test/support/run-npm-command.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const { stack } = useRunningStack();

const smoke = (words: string[], environment: Record<string, string> = {}) =>
  runNpmCommand("smoke", words, { ...endpointsOf(stack), ...environment });

async function tokenOf(email: string): Promise<string> {
  const redirectUri = `${stack.clientUrl}/sign-in/callback`;
  const { issuerUrl } = stack;
  return (await requestAccessToken({ issuerUrl, clientId: OIDC_CLIENT_ID, redirectUri, email })).accessToken;
}

test("finds the local stack in order, and buys a course there", async () => {
  const words = [
    "--url",
    stack.clientUrl,
    "--json",
    "--purchase",
    "--token",
    await tokenOf("ada@example.com"),
  ];
  const { code, stdout, stderr } = await smoke(words, { STRIPE_API_BASE: "" });
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
  const { code, stdout, stderr } = await smoke(["--url", "http://127.0.0.1:1"]);
  expect(code).toBe(1);
  expect(stdout).toContain("FAILED  the API is healthy: http://127.0.0.1:1 does not answer");
  expect(stderr.trim()).toBe("7 of 7 checks failed.");
});

test("buys nothing with a live key", async () => {
  const words = ["--url", stack.clientUrl, "--purchase", "--token", "any"];
  const { code, stderr } = await smoke(words, { STRIPE_SECRET_KEY: "sk_live_1" });
  expect(code).toBe(1);
  expect(stderr).toContain("STRIPE_SECRET_KEY to be a test key");
});
