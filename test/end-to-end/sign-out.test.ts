import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { OIDC_CLIENT_ID } from "#infra/local/names.ts";
import { DESKTOP } from "#test/support/browser.ts";
import { runBursar } from "./bursar.ts";

const { openAsStudent, stack, url } = runBursar();
const device = { device: "desktop", viewport: DESKTOP };

const signInButton = (page: Page) => page.getByRole("button", { name: /^Sign in/ }).first();
const signOutButton = (page: Page) => page.getByRole("button", { name: "Sign out" });

/** All but how far a page was scrolled, which the router notes whenever one is left. */
const stored = (page: Page) =>
  page.evaluate(() =>
    [...Object.entries(sessionStorage), ...Object.entries(localStorage)]
      .filter(([key]) => key !== "react-router-scroll-positions")
      .map(([, value]) => String(value))
      .join("\n"),
  );

async function refreshTokenOf(page: Page): Promise<string> {
  const [, token = ""] = /"refresh_token":"([^"]+)"/.exec(await stored(page)) ?? [];
  expect(token).not.toBe("");
  return token;
}

/** What the issuer says to a refresh token. */
async function refresh(token: string): Promise<number> {
  const discovery = await fetch(`${stack.issuerUrl}/.well-known/openid-configuration`);
  const { token_endpoint } = (await discovery.json()) as { token_endpoint: string };
  const body = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: OIDC_CLIENT_ID,
    refresh_token: token,
  });
  return (await fetch(token_endpoint, { method: "POST", body })).status;
}

/** As when an hour has passed since the token was given. */
const runOut = (page: Page) =>
  page.evaluate(() => {
    const session = JSON.parse(sessionStorage.getItem("bursar.session") ?? "{}") as object;
    sessionStorage.setItem("bursar.session", JSON.stringify({ ...session, expiresAt: 1 }));
  });

describe("signing out", () => {
  test("ends the sign-in here and at the issuer, and leads to the catalogue", async () => {
    const { page } = await openAsStudent("/my-courses", device);
    const token = await refreshTokenOf(page);
    await signOutButton(page).click();
    await page.waitForURL(url("/"));
    await signInButton(page).waitFor();
    expect(await stored(page)).toBe("");
    expect(await refresh(token)).toBe(400);
    await signInButton(page).click();
    // The issuer asks again who it is.
    await page.getByLabel("Or be someone else").waitFor();
  });

  test("leaves nothing in this browser when the issuer is away", async () => {
    const { page, expectComplaints } = await openAsStudent("/my-courses", device);
    expectComplaints(/ERR_CONNECTION_REFUSED/);
    await page.context().route(`${stack.issuerUrl}/**`, (route) => route.abort("connectionrefused"));
    await signOutButton(page).click();
    await page.waitForURL(url("/"));
    await signInButton(page).waitFor();
    expect(await stored(page)).toBe("");
  });

  test("leaves nothing in this browser when the issuer hangs", async () => {
    const { page } = await openAsStudent("/my-courses", device);
    await page.context().route(`${stack.issuerUrl}/**`, () => {});
    await signOutButton(page).click();
    await signInButton(page).waitFor();
    expect(await stored(page)).toBe("");
  });
});

describe("two tabs with one sign-in", () => {
  async function openTwoTabs(): Promise<[Page, Page]> {
    const { page } = await openAsStudent("/my-courses", device);
    const opened = page.waitForEvent("popup");
    await page.evaluate(() => void window.open("/my-courses"));
    const other = await opened;
    await signOutButton(other).waitFor();
    expect(await refreshTokenOf(other)).toBe(await refreshTokenOf(page));
    return [page, other];
  }

  test("are both renewed, though the issuer takes a refresh token once", async () => {
    const tabs = await openTwoTabs();
    const spent = await refreshTokenOf(tabs[0]);
    await Promise.all(tabs.map(runOut));
    await Promise.all(tabs.map((tab) => tab.reload()));
    for (const tab of tabs) await expect.poll(() => refreshTokenOf(tab)).not.toBe(spent);
    const [newest, same] = await Promise.all(tabs.map(refreshTokenOf));
    expect(same).toBe(newest);
    expect(await refresh(newest ?? "")).toBe(200);
  });

  test("are both signed out when one is", async () => {
    const [page, other] = await openTwoTabs();
    await signOutButton(page).click();
    await signInButton(other).waitFor();
    expect(await stored(other)).toBe("");
  });
});
