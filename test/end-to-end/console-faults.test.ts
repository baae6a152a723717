import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { DESKTOP, launchBrowser, type Visit, visit } from "#test/support/browser.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  type StackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";

let place: StackPlace;
let stack: RunningStack;
let browser: Browser;
let visited: Visit;

beforeAll(async () => {
  place = await createStackPlace();
  [stack, browser] = await Promise.all([startRunningStack(place, { client: true }), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
  await removeStackPlace(place);
});

beforeEach(async () => {
  visited = await visit(browser, DESKTOP);
  await visited.page.goto(`${stack.consoleUrl}/faults`);
});

afterEach(async () => {
  await visited.context.close();
  if (visited.complaints.length > 0) throw new Error(`the page complained: ${visited.complaints.join("; ")}`);
});

test("what happens at Stripe is rehearsed, and what Stripe would refuse is said in its words", async () => {
  const { page } = visited;
  const rehearsals = page.getByRole("region", { name: "Rehearsals" });
  await rehearsals.getByLabel("It happens that").selectOption("another shop sells something");
  await rehearsals.getByRole("button", { name: "Let it happen" }).click();
  await rehearsals.getByText("Done: another shop sells something.").waitFor();
  const control = createStripeControl(stack.stripeUrl);
  const [sold] = (await control.listEvents()).filter(
    ({ event }) => event.type === "checkout.session.completed",
  );
  expect(sold?.event.data.object).toMatchObject({ metadata: {} });

  await rehearsals.getByLabel("It happens that").selectOption("a checkout is paid back");
  await expect(rehearsals.getByRole("button", { name: "Let it happen" }).isDisabled()).resolves.toBe(true);
  await rehearsals.getByLabel("Of which").fill("cs_test_nobody");
  await rehearsals.getByRole("button", { name: "Let it happen" }).click();
  await rehearsals.getByText("No such checkout").waitFor();
  // The browser says so, too.
  expect(visited.complaints.splice(0)).toHaveLength(1);
});

test("Stripe's API fails in each of its ways until it is mended", async () => {
  const { page } = visited;
  const field = page.getByLabel("Stripe's API");
  await field.selectOption("takes requests and never answers");
  const knobs = createStripeControl(stack.stripeUrl).turnKnobs;
  await expect.poll(() => knobs({})).toMatchObject({ hangApi: {}, failApi: null });
  await field.selectOption("answers the next checkout with 500 and keeps that answer");
  await expect
    .poll(() => knobs({}))
    .toMatchObject({ hangApi: null, failApi: { status: 500, moment: "during" } });
  await field.selectOption("works");
  await expect.poll(() => knobs({})).toMatchObject({ hangApi: null, failApi: null, cutApi: null });
});
