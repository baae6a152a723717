import { describe, expect, test } from "vitest";
import { contentSecurityPolicy } from "#infra/deployment/content-security-policy.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { DESKTOP, DEVICES } from "#test/support/browser.ts";
import {
  buyButton,
  courseCard,
  fillCard,
  payAndReturn,
  paymentForm,
  waitForStage,
} from "#test/support/student-browser.ts";
import { runBursar } from "./bursar.ts";
import { inspect } from "./inspect.ts";

const { stack, openPage, openAsStudent, url } = runBursar();

const COURSE = "TEST-COURSE-005";
const API = "**/api/**";
const UNREACHABLE = /ERR_CONNECTION_REFUSED .*\/api\//;

describe.each(DEVICES)("on a $device", (device) => {
  test("a student whose sign-in ends in checkout signs in again and comes back to pay", async () => {
    const { page, expectComplaints } = await openAsStudent(`/courses/${COURSE}`, device);
    expectComplaints(/401 .*\/api\/enrollments$/, /401 .*\/api\/checkout\/session\//);
    const enrollments = "**/api/enrollments";
    await page.route(enrollments, (route) => route.continue({ headers: { authorization: "Bearer over" } }));
    await buyButton(page).click();
    await page.getByRole("heading", { name: "Please sign in" }).waitFor();
    await inspect(page, "checkout-signed-out");
    await page.unroute(enrollments);
    await page.getByRole("button", { name: "Sign in to continue" }).click();
    await fillCard(page, CARDS.good);

    const purchases = "**/api/checkout/session/*";
    await page.route(purchases, (route) => route.continue({ headers: { authorization: "Bearer over" } }));
    const checkoutSessionId = await payAndReturn(page);
    await page.getByRole("heading", { name: "Please sign in" }).waitFor();
    await page.unroute(purchases);
    await page.getByRole("button", { name: "Sign in to continue" }).click();
    await waitForStage(page, "enrolled");
    expect(page.url()).toBe(url(`/checkout/return?session_id=${checkoutSessionId}`));
  });

  test("while the API is down every page says so, and trying again works", async () => {
    const { page, expectComplaints } = await openAsStudent("/", device);
    expectComplaints(UNREACHABLE);
    const breakApi = () => page.route(API, (route) => route.abort("connectionrefused"));
    const mendApi = () => page.unroute(API);
    const retry = () => page.getByRole("button", { name: "Retry" }).click();
    const sayUnreachable = () =>
      page.getByRole("alert").getByText("This site cannot be reached right now").waitFor();

    await courseCard(page, COURSE).waitFor();
    await breakApi();
    await page.reload();
    await sayUnreachable();
    await inspect(page, "catalogue-api-down");
    await retry();
    await sayUnreachable();
    await mendApi();
    await retry();
    await courseCard(page, COURSE).waitFor();

    await page.goto(url(`/courses/${COURSE}`));
    await buyButton(page).waitFor();
    await page.route("**/api/enrollments", (route) => route.abort("connectionrefused"));
    await buyButton(page).click();
    await sayUnreachable();
    await page.getByText("You have not been charged.").waitFor();
    await inspect(page, "checkout-api-down");
    await page.unroute("**/api/enrollments");
    await retry();
    await fillCard(page, CARDS.good);

    await breakApi();
    await payAndReturn(page);
    await sayUnreachable();
    await page.getByText("Your purchase is not affected.").waitFor();
    await inspect(page, "purchase-api-down");
    await mendApi();
    await retry();
    await waitForStage(page, "enrolled");
  });

  test("a course and an address that do not exist are pages that are not there", async () => {
    const { page, expectComplaints } = await openPage("/courses/NO-SUCH-COURSE", device);
    // The pages themselves are answered 404, and so is the API.
    expectComplaints(
      /404 .*\d\/courses\/NO-SUCH-COURSE$/,
      /404 .*\/api\/courses\/NO-SUCH-COURSE$/,
      /404 .*\/nowhere/,
    );
    await page.getByRole("heading", { name: "Page not found" }).waitFor();
    await inspect(page, "not-found");
    await page.goto(url("/nowhere/at/all"));
    await page.getByRole("heading", { name: "Page not found" }).waitFor();
    expect(await page.title()).toBe("Page not found · Bursar");
    await page.getByRole("link", { name: "See all courses" }).click();
    await courseCard(page, COURSE).waitFor();
  });
});

const desktop = { device: "desktop", viewport: DESKTOP };

test("a page whose code does not load is a sentence with a way on; the rest of the site stays", async () => {
  const { page, expectComplaints } = await openPage("/", desktop);
  expectComplaints(/ERR_CONNECTION_REFUSED .*\/assets\/CoursePage/);
  await page.route("**/assets/CoursePage*", (route) => route.abort("connectionrefused"));
  await courseCard(page, COURSE).getByRole("link").click();
  await page.getByRole("heading", { name: "That did not work" }).waitFor();
  await page.unroute("**/assets/CoursePage*");
  await page.getByRole("button", { name: "Retry" }).click();
  await buyButton(page).waitFor();
});

test("inline scripts are blocked, by the policy that the deployed site has", async () => {
  const { page, expectComplaints } = await openPage("/", desktop);
  expectComplaints(/Executing inline script violates/, /Executing inline event handler violates/);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="window.injected = true">');
  });
  await page.locator("img[onerror]").evaluate((image: HTMLImageElement) => image.decode().catch(() => {}));
  expect(await page.evaluate(() => "injected" in window)).toBe(false);

  const answer = await page.request.get(url("/"));
  expect(answer.headers()["content-security-policy"]).toBe(
    contentSecurityPolicy({ isHttps: false, stripe: [stack.stripeUrl], issuer: [stack.issuerUrl] }),
  );
});

test("Stripe's own form is not asked for before checkout", async () => {
  const { page } = await openPage("/", desktop);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.reload();
  await courseCard(page, COURSE).getByRole("link").click();
  await buyButton(page).waitFor();
  const checkoutCode = (address: string) => /CheckoutPage|checkout\/|stripe\.com/i.test(address);
  expect(asked.filter(checkoutCode)).toEqual([]);
  expect(await paymentForm(page).locator("form").count()).toBe(0);
});
