import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";

const source = readFileSync(new URL("../../../../infra/aws/parts/client-page.js", import.meta.url), "utf8");

/** The function as CloudFront has it: a script with a global `handler`. */
function servedFor(uri: string): string {
  const sandbox = createContext({ event: { request: { uri } } });
  return (runInContext(`${source}\nhandler(event)`, sandbox) as { uri: string }).uri;
}

test.each([
  "/",
  "/courses/TEST-COURSE-003",
  "/checkout/return",
  "/checkout",
  "/enrollment/return",
  "/sign-in/callback",
  "/v1.2/page",
])("%s is one of the client's own pages", (uri) => {
  expect(servedFor(uri)).toBe("/index.html");
});

test.each(["/index.html", "/config.json", "/assets/main-abc123.js", "/favicon.svg"])(
  "%s is a file",
  (uri) => {
    expect(servedFor(uri)).toBe(uri);
  },
);
