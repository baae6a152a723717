import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { OIDC_CLIENT_ID } from "#infra/local/names.ts";
import { requestAccessToken } from "#infra/local/sign-in/request-access-token.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { DEVICES } from "#test/support/browser.ts";
import { buyButton, fillCard, payAndReturn, waitForStage } from "#test/support/student-browser.ts";
import { LIMITS } from "#workflow/limits.ts";
import { runBursar } from "./bursar.ts";
import { inspect } from "./inspect.ts";

const { stack, openAsStudent, url } = runBursar();

const COURSE = "TEST-COURSE-005";
const ENROLLMENTS = "**/api/enrollments";

/** Somebody's loop, until the API has enough of it. @returns its answer */
async function askUntilRefused(): Promise<Response> {
  const { accessToken } = await requestAccessToken({
    issuerUrl: stack.issuerUrl,
    clientId: OIDC_CLIENT_ID,
    redirectUri: url("/sign-in/callback"),
    email: `in-a-loop-${randomUUID()}@example.com`,
  });
  const ask = () =>
    fetch(url("/api/enrollments"), {
      method: "POST",
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      body: JSON.stringify({ courseId: COURSE }),
    });
  // A new window may begin on the way.
  for (let times = 0; times <= 2 * LIMITS.checkouts.most; times += 1) {
    const answer = await ask();
    if (answer.status === 429) return answer;
    await answer.text();
  }
  throw new Error("nobody was ever refused");
}

/** The page is given the API's own answer to somebody else, so that nothing depends on when a window ends. */
async function refuse(page: Page, answer: Response, waitSeconds: number): Promise<void> {
  const headers = { ...Object.fromEntries(answer.headers), "retry-after": String(waitSeconds) };
  const body = await answer.clone().text();
  await page.route(ENROLLMENTS, (route) => route.fulfill({ status: answer.status, headers, body }));
}

describe.each(DEVICES)("on a $device", (device) => {
  test("a student who has asked too often is told to wait, cannot ask meanwhile, and then goes on to pay", async () => {
    const { page, expectComplaints } = await openAsStudent(`/courses/${COURSE}`, device);
    expectComplaints(/429 .*\/api\/enrollments$/);
    const answer = await askUntilRefused();
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    await refuse(page, answer, 600);
    await buyButton(page).click();
    await page.getByRole("heading", { name: "One moment, please" }).waitFor();
    await page.getByText("You have not been charged").waitFor();
    expect(await page.getByRole("button", { name: "Go on" }).isDisabled()).toBe(true);
    await inspect(page, "checkout-too-often");

    await page.unroute(ENROLLMENTS);
    await refuse(page, answer, 1);
    await page.reload();
    await page.getByRole("heading", { name: "One moment, please" }).waitFor();
    await page.unroute(ENROLLMENTS);
    // It waits until the button can be clicked.
    await page.getByRole("button", { name: "Go on" }).click();
    await fillCard(page, CARDS.good);
    await payAndReturn(page);
    await waitForStage(page, "enrolled");
  });
});
