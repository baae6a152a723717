import { beforeEach, expect, test } from "vitest";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { useConsole } from "./use-console.ts";

const used = useConsole();

beforeEach(async () => {
  await used.visited.page.goto(`${used.stack.consoleUrl}/faults`);
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
