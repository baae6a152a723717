import { beforeEach, expect, test, vi } from "vitest";
import { keepSession, knownSession } from "#client/session.ts";
import { completeSignIn, currentSession, signIn } from "#client/sign-in.ts";
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

test("signing in leaves in local storage that it is so, and no token", async () => {
  serveIssuer();
  await signInFrom("/");
  expect(Object.entries(localStorage)).toEqual([["bursar.signed-in.ada", "yes"]]);
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

test("a sign-in that Cognito refuses because it has just linked the account is begun again, once", async () => {
  serveIssuer();
  const leave = vi.spyOn(window.location, "assign").mockImplementation(() => {});
  const refusal = async () => {
    await vi.waitFor(() => expect(leave).toHaveBeenCalled());
    const state = new URL(String(leave.mock.lastCall?.[0])).searchParams.get("state") ?? "";
    leave.mockClear();
    const query = new URLSearchParams({
      error: "invalid_request",
      error_description: "Already found an entry for username google_12345",
      state,
    });
    return `${location.origin}/sign-in/callback?${query}`;
  };
  void signIn("/my-courses");
  void completeSignIn(await refusal());
  await expect(completeSignIn(await refusal())).rejects.toThrow("Already found an entry");
  expect(leave).not.toHaveBeenCalled();
  leave.mockRestore();
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
