import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, onTestFinished, test } from "vitest";
import { readViolations, reportTypes } from "#handlers/csp-violations.ts";
import { contentSecurityPolicy } from "#infra/deployment/content-security-policy.ts";
import { startHttpApi } from "#infra/local/http-api/start-http-api.ts";
import { launchBrowser } from "#test/support/browser.ts";
import { ROUTES } from "#workflow/contract.ts";

/** A page into which somebody has written a script, under the policy of the local deployment. */
async function serveAlteredPage() {
  const directory = await mkdtemp(path.join(tmpdir(), "bursar-altered-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  await writeFile(path.join(directory, "index.html"), "<!doctype html><head></head><script>steal()</script>");
  const reports: APIGatewayProxyEventV2[] = [];
  const site = await startHttpApi({
    port: 0,
    routes: ROUTES,
    handlers: {
      api: async (event) => {
        reports.push(event);
        return { statusCode: 204 };
      },
      webhook: () => Promise.reject(new Error("no webhook here")),
    },
    jwt: { issuer: "http://localhost", audience: "none", jwksUrl: "http://localhost/jwks" },
    client: {
      directory,
      config: { oidcIssuer: "http://localhost", oidcClientId: "", oidcScope: "", stripePublishableKey: "" },
      contentSecurityPolicy: contentSecurityPolicy({ issuer: [], isHttps: false }),
    },
  });
  onTestFinished(() => site.close());
  return { url: site.url, reports };
}

test("a browser tells the API what the policy has kept from running, in a form that the API reads", async () => {
  const { url, reports } = await serveAlteredPage();
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${url}/checkout/TEST-COURSE-003?email=ada@example.com`);
  await expect.poll(() => reports.length).toBeGreaterThan(0);
  const [{ rawPath, headers, body = "", isBase64Encoded } = {} as APIGatewayProxyEventV2] = reports;
  expect(rawPath).toBe("/api/csp-reports");
  expect(reportTypes).toContain(headers["content-type"]);
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString() : body;
  expect(readViolations(JSON.parse(text))).toEqual([
    { directive: "script-src-elem", blocked: "inline", page: "/checkout/TEST-COURSE-003" },
  ]);
});
