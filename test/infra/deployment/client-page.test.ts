import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createContext, runInContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { routes } from "#client/routes.tsx";
import { writeClientPageFunction } from "#infra/deployment/client-page.ts";

interface Answer {
  uri?: string;
  statusCode?: number;
  headers?: Record<string, { value: string }>;
  body?: { data: string };
}

const PAGE = "<!doctype html><title>Bursar</title>\u2028";
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), "bursar-page-"));
  for (const folder of ["assets", "covers"]) mkdirSync(path.join(directory, folder));
  writeFileSync(path.join(directory, "index.html"), PAGE);
  writeFileSync(path.join(directory, "favicon.svg"), "<svg/>");
});

afterAll(() => rmSync(directory, { recursive: true }));

/** The function as CloudFront has it: a script with a global `handler`. */
function answerTo(uri: string): Answer {
  const source = writeClientPageFunction(directory, { "x-frame-options": "DENY" });
  const sandbox = createContext({ event: { request: { uri } } });
  return runInContext(`${source}\nhandler(event)`, sandbox) as Answer;
}

const paths = (routes[0]?.children ?? [])
  .map(({ path: pattern, index }) => (index ? "" : pattern))
  .filter((pattern) => pattern !== "*" && pattern !== undefined);

test("every address of the client's own is its page", () => {
  expect(paths.length).toBeGreaterThan(7);
  for (const pattern of paths) {
    const uri = `/${(pattern ?? "").replace(/^\//, "").replace(/:\w+/, "TEST-COURSE-003")}`;
    expect(answerTo(uri), uri).toEqual({ uri: "/index.html" });
  }
  expect(answerTo("/my-courses/")).toEqual({ uri: "/index.html" });
});

test.each(["/config.json", "/assets/main-abc123.js", "/favicon.svg", "/covers/payments.webp"])(
  "%s is a file",
  (uri) => {
    expect(answerTo(uri)).toEqual({ uri });
  },
);

test.each([
  "/wp-login.php",
  "/nowhere",
  "/courses",
  "/courses/a/b",
  "/my-courses/x",
  "/favicon.ico",
  "/assets",
  "/.env",
])("%s is not there, and says so with the client's page", (uri) => {
  expect(answerTo(uri)).toEqual({
    statusCode: 404,
    statusDescription: "Not Found",
    headers: {
      "content-type": { value: "text/html; charset=utf-8" },
      "cache-control": { value: "no-cache" },
      "x-frame-options": { value: "DENY" },
    },
    body: { encoding: "text", data: PAGE },
  });
});
