import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { closeServer, listenOnLoopback } from "#infra/one-machine/loopback.ts";
import { DESKTOP } from "#test/support/browser.ts";
import { buyButton, courseCard, signIn } from "#test/support/student-browser.ts";
import { runBursar } from "./bursar.ts";

const { openPage, url } = runBursar();
const device = { device: "desktop", viewport: DESKTOP };
const ELSEWHERE = "http://elsewhere.example";

interface Attacked extends Window {
  happened: string[];
  attacked?: string;
}

/** Answers for another site, to which anything may be sent. @returns what was asked of it */
async function serveElsewhere(page: Page): Promise<string[]> {
  const asked: string[] = [];
  await page.context().route(`${ELSEWHERE}/**`, (route) => {
    asked.push(route.request().url());
    const isScript = route.request().resourceType() === "script";
    return route.fulfill({
      headers: { "access-control-allow-origin": "*" },
      contentType: isScript ? "text/javascript" : "text/html",
      body: isScript ? "window.attacked = 'a script from elsewhere'" : "",
    });
  });
  return asked;
}

/** Runs in the page: what markup could do if it ever got in. */
function slipIn(elsewhere: string): void {
  const attacked = window as unknown as Attacked;
  attacked.happened = [];
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
    attacked.happened.push(effectiveDirective);
  });
  const noteError = ({ target }: Event) => {
    if (target instanceof HTMLImageElement) attacked.happened.push("an image failed");
  };
  document.addEventListener("error", noteError, { capture: true });
  const add = (element: HTMLElement, properties: object) =>
    document.body.append(Object.assign(element, properties));
  add(document.createElement("script"), { textContent: "window.attacked = 'an inline script'" });
  add(document.createElement("script"), { src: `${elsewhere}/script.js` });
  add(document.createElement("div"), {
    innerHTML: `<img src="data:," onerror="window.attacked = 'an event handler'">`,
  });
  add(document.createElement("iframe"), { src: `${elsewhere}/frame` });
  void fetch(`${elsewhere}/collect`).catch(() => undefined);
}

test("a page runs no script that was slipped into it, and tells nothing elsewhere", async () => {
  const { page, expectComplaints } = await openPage("/", device);
  const asked = await serveElsewhere(page);
  await courseCard(page, "TEST-COURSE-001").waitFor();
  expectComplaints(/Content Security Policy/);
  await page.evaluate(slipIn, ELSEWHERE);
  await expect
    .poll(() => page.evaluate(() => (window as unknown as Attacked).happened.sort()))
    .toEqual([
      "an image failed",
      "connect-src",
      "frame-src",
      "script-src-attr",
      "script-src-elem",
      "script-src-elem",
    ]);
  expect(await page.evaluate(() => (window as unknown as Attacked).attacked)).toBeUndefined();
  expect(asked).toEqual([]);
});

test("a page elsewhere cannot frame this one", async () => {
  // Of this machine too, since the browser itself keeps a page of any other from framing what is local.
  const html = `<iframe src="${url("/courses/TEST-COURSE-003")}"></iframe>`;
  const elsewhere = createServer((_request, response) =>
    response.setHeader("content-type", "text/html").end(html),
  );
  const port = await listenOnLoopback(elsewhere, 0);
  onTestFinished(() => closeServer(elsewhere));
  const { page, complaints, expectComplaints } = await openPage("/", device);
  expectComplaints(/frame-ancestors/);
  await page.goto(`http://127.0.0.1:${port}/`);
  await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/);
  await expect.poll(() => complaints.join("\n")).toContain("frame-ancestors");
});

test("after signing in the token is in this tab's session storage and nowhere else", async () => {
  const { page, context } = await openPage("/courses/TEST-COURSE-003", device);
  const addresses: string[] = [];
  context.on("request", (request) => addresses.push(request.url()));
  page.on("framenavigated", (frame) => addresses.push(frame.url()));
  await signIn(page, `student-${randomUUID()}@example.com`);
  await buyButton(page).waitFor();

  const seen = await page.evaluate(() => ({
    session: Object.values(sessionStorage).join("\n"),
    local: Object.values(localStorage).join("\n"),
    history: window.navigation.entries().map((entry) => String(entry.url)),
    address: location.href,
  }));
  const tokens = seen.session.match(/[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}/g) ?? [];
  expect(tokens.length).toBeGreaterThan(0);
  const cookies = JSON.stringify(await context.cookies());
  for (const token of tokens) {
    for (const place of [seen.local, cookies, ...addresses, ...seen.history])
      expect(place).not.toContain(token);
  }
  expect(seen.address).toBe(url("/courses/TEST-COURSE-003"));
  // The code could be used once and has been, and still it is nobody's to see in the history.
  expect(seen.history.filter((address) => address.includes("code="))).toEqual([]);
});
