import { Logger } from "@aws-lambda-powertools/logger";
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from "vitest";
import { useApi } from "#test/handlers/use-api.ts";
import { useMetrics } from "#test/handlers/use-metrics.ts";

const api = useApi();
const counted = useMetrics();
let said: MockInstance<Logger["warn"]>;

beforeEach(() => {
  said = vi.spyOn(Logger.prototype, "warn");
});
afterEach(() => {
  said.mockRestore();
});

const send = (body: unknown, type = "application/csp-report") =>
  api.request("POST", "/api/csp-reports", {
    headers: { "content-type": type },
    body: typeof body === "string" ? body : Buffer.from(JSON.stringify(body)),
  });

const CHECKOUT = "https://courses.example.com/checkout/TEST-COURSE-003";
const old = (more: Record<string, unknown> = {}) => ({
  "csp-report": {
    "document-uri": `${CHECKOUT}?email=ada@example.com#ada`,
    "effective-directive": "script-src-elem",
    "violated-directive": "script-src-elem",
    "blocked-uri": "https://skimmer.example/s.js?card=4242",
    ...more,
  },
});
const current = (more: Record<string, unknown> = {}) => ({
  type: "csp-violation",
  url: CHECKOUT,
  body: {
    documentURL: `${CHECKOUT}?email=ada@example.com`,
    effectiveDirective: "script-src-elem",
    blockedURL: "https://skimmer.example/s.js?card=4242",
    ...more,
  },
});
const SKIMMER = {
  requestId: "request-1",
  directive: "script-src-elem",
  blocked: "https://skimmer.example",
  page: "/checkout/TEST-COURSE-003",
};
const logged = () => said.mock.calls.map(([, fields]) => fields);

describe("a browser's report", () => {
  test.each([
    ["of Firefox or Safari", old(), "application/csp-report"],
    ["of Chromium", [current()], "application/reports+json"],
    ["with a charset", old(), "application/csp-report; charset=utf-8"],
    ["of an old Safari", old({ "effective-directive": undefined }), "application/csp-report"],
  ])("%s is answered 204, counted and logged without queries", async (_whose, body, type) => {
    await expect(send(body, type)).resolves.toEqual({ status: 204, body: null });
    expect(counted()).toEqual(["PolicyViolation"]);
    expect(said.mock.calls).toEqual([["policy violated", SKIMMER]]);
  });

  test.each([
    ["what is inline", { "blocked-uri": "inline" }, { blocked: "inline" }],
    ["an address of data", { "blocked-uri": "data:text/javascript,1" }, { blocked: "data" }],
    [
      "a directive with its sources",
      { "effective-directive": "script-src 'self'" },
      { directive: "script-src" },
    ],
    [
      "a person's address as a page",
      { "document-uri": "https://x.example/ada@example.com" },
      { page: "other" },
    ],
    ["a page without an address", { "document-uri": "about:blank" }, { page: "other" }],
    ["words that are none", { "blocked-uri": "Ada Lovelace\n" }, { blocked: "other" }],
    ["a directive that is none", { "effective-directive": "ada@example.com" }, { directive: "other" }],
    ["numbers for texts", { "blocked-uri": 42 }, { blocked: "other" }],
  ])("about %s is cut to what may be kept", async (_what, report, kept) => {
    await send(old(report));
    expect(logged()).toEqual([{ ...SKIMMER, ...kept }]);
  });

  test("of what an extension has slipped into the page is nobody's concern", async () => {
    await send(old({ "source-file": "chrome-extension://abc/content.js" }));
    await send(old({ "blocked-uri": "moz-extension" }));
    await send([{ type: "deprecation", url: CHECKOUT, body: { id: "x" } }], "application/reports+json");
    expect(counted()).toEqual([]);
    expect(said).not.toHaveBeenCalled();
  });
});

describe("many reports", () => {
  test("of one thing are counted each, and logged once a minute", async () => {
    for (let sent = 0; sent < 5; sent += 1) await send(old());
    expect(counted()).toHaveLength(5);
    expect(logged()).toEqual([SKIMMER]);
    api.time += 60_000;
    await send(old());
    expect(logged()).toHaveLength(2);
  });

  test("of different things do not fill the log", async () => {
    for (let sent = 0; sent < 50; sent += 1)
      await send(old({ "blocked-uri": `https://${sent}.example/s.js` }));
    expect(counted()).toHaveLength(50);
    expect(logged()).toHaveLength(20);
  });

  test("in one request count as twenty at most", async () => {
    await send(
      Array.from({ length: 100 }, () => current()),
      "application/reports+json",
    );
    expect(counted()).toHaveLength(20);
  });
});

test.each([
  ["an empty body", "", "application/csp-report"],
  ["what is no JSON", "<xml>", "application/csp-report"],
  ["a text", '"csp-report"', "application/csp-report"],
  ["another object", { "csp-report": "ada@example.com" }, "application/csp-report"],
  ["a report that calls itself JSON, as any page could send it", old(), "application/json"],
  ["a report as plain text", old(), "text/plain"],
])("%s is refused and not counted", async (_what, body, type) => {
  await expect(send(body, type)).resolves.toMatchObject({
    status: 400,
    body: { error: { code: "invalid_request" } },
  });
  expect(counted()).toEqual([]);
  expect(said).not.toHaveBeenCalled();
});

test("more than 32 kB is refused", async () => {
  await expect(send(old({ "script-sample": "x".repeat(40_000) }))).resolves.toMatchObject({ status: 413 });
});
