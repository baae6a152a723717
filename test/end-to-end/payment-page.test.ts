import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { keptClient } from "#infra/deployment/build-client.ts";
import { codeIn, sectionOf, tableRowsIn } from "#test/house/markdown.ts";
import { readTracked } from "#test/house/tracked-files.ts";
import { DESKTOP } from "#test/support/browser.ts";
import { paymentForm } from "#test/support/student-browser.ts";
import { runBursar } from "./bursar.ts";

const { stack, url, openAsStudent, openPage } = runBursar();
const device = { device: "desktop", viewport: DESKTOP };

const inventory = tableRowsIn(sectionOf(readTracked("infra/aws/payment-page.md"), "Scripts (6.4.3)")).flatMap(
  ([scripts = ""]) => codeIn(scripts),
);

/** Without the digest that Vite puts into it: `/assets/index-a1b2c3d4.js` is `index`. */
const nameOf = (address: string) =>
  path.basename(new URL(address, "http://any").pathname).replace(/-[\w-]{8}\.js$/, "");

/** @returns the scripts that the page itself runs, whatever its frames do; filled as they come */
function watchScripts(page: Page): Set<string> {
  const scripts = new Set<string>();
  page.on("request", (request) => {
    const isOwn = request.frame() === page.mainFrame();
    if (isOwn && request.resourceType() === "script") scripts.add(request.url());
  });
  return scripts;
}

test("the inventory has every script of the build, and Stripe's, and no other", async () => {
  const assets = path.join(await keptClient(), "assets");
  const built = (await readdir(assets)).filter((name) => name.endsWith(".js")).map(nameOf);
  expect([...inventory].sort()).toEqual([...built, "stripe.js"].sort());
});

test("the payment page loads what the inventory has, and Stripe's script from Stripe alone", async () => {
  const { page } = await openAsStudent("/", device);
  const scripts = watchScripts(page);
  await page.goto(url("/checkout/TEST-COURSE-003"));
  await paymentForm(page).getByTestId("pay").waitFor();
  const loaded = [...scripts].map(nameOf);
  expect(loaded).toEqual(expect.arrayContaining(["index", "CheckoutPage", "stripe.js"]));
  expect(loaded.filter((name) => !inventory.includes(name))).toEqual([]);
  const foreign = [...scripts].filter((address) => !address.startsWith(stack.clientUrl));
  expect(foreign).toEqual([`${stack.stripeUrl}/v3/stripe.js`]);
  expect(await page.locator("script:not([src])").count()).toBe(0);
});

test("no other page loads a script of somebody else's", async () => {
  const { page } = await openPage("/", device);
  const scripts = watchScripts(page);
  for (const address of ["/", "/courses/TEST-COURSE-003"]) {
    await page.goto(url(address));
    await page.getByRole("heading", { level: 1 }).waitFor();
  }
  await page.waitForLoadState("networkidle");
  expect(scripts.size).toBeGreaterThan(2);
  expect([...scripts].filter((address) => !address.startsWith(stack.clientUrl))).toEqual([]);
});
