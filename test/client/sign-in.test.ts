import { beforeEach, expect, test } from "vitest";
import { keepSession, knownSession } from "#client/session.ts";
import { completeSignIn, currentSession } from "#client/sign-in.ts";
import { serveIssuer, signInFrom } from "./issuer.ts";
import { ada } from "./student-site.tsx";

beforeEach(() => {
  window.location.href = "https://bursar.example/";
});

test("a student who signs in comes back to the page that asked for it", async () => {
  serveIssuer();
  expect(await signInFrom("/checkout/PAID-1?a=b")).toBe("/checkout/PAID-1?a=b");
  expect(knownSession()).toMatchObject({ accessToken: "fresh-token", userId: "ada", name: "Ada Lovelace" });
});

test("signing in leaves nothing in local storage", async () => {
  serveIssuer();
  await signInFrom("/");
  expect(localStorage).toHaveLength(0);
  expect(Object.values(sessionStorage).join("\n")).toContain("fresh-token");
});

test("a prepared way back to another site leads to the catalogue", async () => {
  serveIssuer();
  expect(await signInFrom("//evil.example/")).toBe("/");
});

test("an answer that nobody asked for signs nobody in", async () => {
  serveIssuer();
  await expect(completeSignIn("https://bursar.example/sign-in/callback?code=1&state=forged")).rejects.toThrow(
    "No matching state found in storage",
  );
  expect(knownSession()).toBeNull();
});

test("a session that has run out is renewed with the refresh token", async () => {
  serveIssuer({ grants: { refresh_token: "refresh" } });
  await signInFrom("/");
  keepSession({ ...ada, expiresAt: 1 });
  expect(await currentSession()).toMatchObject({ accessToken: "fresh-token" });
});

test("a session that has run out and cannot be renewed is over", async () => {
  serveIssuer();
  await signInFrom("/");
  keepSession({ ...ada, expiresAt: 1 });
  expect(await currentSession()).toBeNull();
  expect(knownSession()).toBeNull();
});
