import { describe, expect, test } from "vitest";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { DEVICES } from "#test/support/browser.ts";
import {
  buyButton,
  fillCard,
  payAndReturn,
  paymentForm,
  waitForStage,
} from "#test/support/student-browser.ts";
import { runBursar, type Student } from "./bursar.ts";
import { inspect } from "./inspect.ts";

const { stack, openAsStudent, url } = runBursar();

const COURSE = "TEST-COURSE-003";

/** What Stripe has of a student: every checkout session, newest first, and the payments that were made. */
async function readStripe({ email }: Student) {
  const stripe = createStandInClient(stack.stripeUrl);
  const sessions = (await stripe.checkout.sessions.list({ limit: 100 })).data.filter(
    (session) => (session.customer_details?.email ?? session.customer_email) === email,
  );
  return { sessions, paid: sessions.filter((session) => session.payment_status === "paid") };
}

describe.each(DEVICES)("on a $device", (device) => {
  test("two tabs get one checkout; after paying in both, there is one payment", async () => {
    const student = await openAsStudent(`/courses/${COURSE}`, device);
    const first = student.page;
    const second = await student.context.newPage();
    await second.goto(url(`/courses/${COURSE}`));
    // A tab beside a signed-in one is signed in.
    await second.getByRole("button", { name: "Sign out" }).waitFor();

    await Promise.all([buyButton(first).click(), buyButton(second).click()]);
    await Promise.all([fillCard(first, CARDS.good), fillCard(second, CARDS.good)]);
    const [paidInFirst, paidInSecond] = await Promise.all([payAndReturn(first), payAndReturn(second)]);
    expect(paidInSecond).toBe(paidInFirst);
    await Promise.all([waitForStage(first, "enrolled"), waitForStage(second, "enrolled")]);

    const { sessions, paid } = await readStripe(student);
    expect([sessions.length, paid.length]).toEqual([1, 1]);

    await second.goto(url(`/checkout/${COURSE}`));
    await second.getByRole("heading", { name: "You already have this course" }).waitFor();
    await inspect(second, "checkout-already-enrolled");
  });

  test("going back and forth ten times leaves one form, one session and one payment", async () => {
    const student = await openAsStudent(`/courses/${COURSE}`, device);
    const { page } = student;
    await buyButton(page).click();
    const checkout = page.getByRole("heading", { name: "Checkout" });
    await checkout.waitFor();
    // The page only: the form in it is left while it loads.
    for (let times = 0; times < 10; times++) {
      await page.goBack();
      // Whoever leaves fast enough is back before the checkout was opened.
      await page.getByRole("button", { name: /^Buy for|^Continue checkout/ }).waitFor();
      await page.goForward();
      await checkout.waitFor();
    }

    await fillCard(page, CARDS.good);
    expect(await page.locator("iframe").count()).toBe(1);
    await payAndReturn(page);
    await waitForStage(page, "enrolled");
    const { sessions, paid } = await readStripe(student);
    expect([sessions.length, paid.length]).toEqual([1, 1]);
  });

  test("a checkout that has expired is replaced, and its own page says so", async () => {
    const student = await openAsStudent(`/checkout/${COURSE}`, device);
    const { page } = student;
    await paymentForm(page).getByTestId("pay").waitFor();
    const [open] = (await readStripe(student)).sessions;
    if (!open) throw new Error("no checkout session was opened");
    await createStandInClient(stack.stripeUrl).checkout.sessions.expire(open.id);

    await page.goto(url(`/checkout/return?session_id=${open.id}`));
    await page.getByRole("heading", { name: "This checkout has expired" }).waitFor();
    await inspect(page, "purchase-expired");
    await page.getByRole("link", { name: "Start again" }).click();
    await fillCard(page, CARDS.good);
    expect(await payAndReturn(page)).not.toBe(open.id);
    await waitForStage(page, "enrolled");
  });
});
