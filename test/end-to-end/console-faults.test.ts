import type { Locator } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { PHONE } from "#test/support/browser.ts";
import { inspect } from "./inspect.ts";
import { useConsole } from "./use-console.ts";

const used = useConsole();

beforeEach(async () => {
  await used.visited.page.goto(used.address("/faults"));
  await used.visited.page.getByLabel("Why?").fill("rehearsal");
});

test("what happens at Stripe is rehearsed, and what Stripe would refuse is said in its words", async () => {
  const { page } = used.visited;
  const rehearsals = page.getByRole("region", { name: "Rehearsals" });
  await rehearsals.getByLabel("It happens that").selectOption("another shop sells something");
  await rehearsals.getByRole("button", { name: "Let it happen" }).click();
  await rehearsals.getByText("Done: another shop sells something.").waitFor();
  const control = createStripeControl(used.stack.stripeUrl);
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
  expect(used.visited.complaints.splice(0)).toHaveLength(1);
});

test("a Lambda function breaks and is mended, as by the command", async () => {
  const { page } = used.visited;
  const aws = page.getByRole("region", { name: "AWS" });
  await aws.getByLabel("Dependency").selectOption("Lambda: students' API");
  await aws.getByRole("button", { name: "Break" }).click();
  await aws.getByText("Lambda.bursar-api").waitFor();
  const askApi = async () => (await fetch(`${used.stack.clientUrl}/api/health`)).status;
  expect(await askApi()).toBe(500);
  await aws.getByRole("button", { name: "Mend" }).click();
  await aws.getByText("All of it works.").waitFor();
  expect(await askApi()).toBe(200);
});

test("on a phone the current tab is in sight, wherever it is in the row", async () => {
  const { page } = used.visited;
  await page.setViewportSize(PHONE);
  await page.goto(used.address("/faults"));
  const nav = page.getByRole("navigation", { name: "Console" });
  const current = nav.locator('[aria-current="page"]');
  await current.waitFor();
  await expect.poll(() => isInside(current, nav)).toBe(true);
  expect(await current.textContent()).toBe("Faults");

  // The number of what is broken makes the tab wider.
  await page.getByLabel("Why?").fill("rehearsal");
  await page.getByRole("region", { name: "AWS" }).getByRole("button", { name: "Break" }).click();
  await expect.poll(() => current.textContent()).toBe("Faults1");
  await expect.poll(() => isInside(current, nav)).toBe(true);
  await page.getByRole("button", { name: "Mend" }).click();
  await page.getByText("All of it works.").waitFor();
  await inspect(page, "faults");
});

/** Whether all of its width is, but for what rounding adds. */
async function isInside(one: Locator, row: Locator): Promise<boolean> {
  const [inner, outer] = await Promise.all([one.boundingBox(), row.boundingBox()]);
  if (!inner || !outer) return false;
  return inner.x > outer.x - 1 && inner.x + inner.width < outer.x + outer.width + 1;
}

test("Stripe's API fails in each of its ways until it is mended", async () => {
  const { page } = used.visited;
  const field = page.getByLabel("Stripe's API");
  await field.selectOption("takes requests and never answers");
  const knobs = createStripeControl(used.stack.stripeUrl).turnKnobs;
  await expect.poll(() => knobs({})).toMatchObject({ hangApi: {}, failApi: null });
  await field.selectOption("answers the next checkout with 500 and keeps that answer");
  await expect
    .poll(() => knobs({}))
    .toMatchObject({ hangApi: null, failApi: { status: 500, moment: "during" } });
  await field.selectOption("works");
  await expect.poll(() => knobs({})).toMatchObject({ hangApi: null, failApi: null, cutApi: null });
});
