import { describe, expect, test } from "vitest";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import type { Query } from "./driver.ts";
import { WANTED_ENGINES } from "./engines.ts";
import { role, text } from "./guest.ts";
import {
  buyButton,
  enrolledBadge,
  fillCard,
  newAddress,
  payButton,
  signIn,
  signInAtIssuer,
  signOutButton,
  waitForMyCourse,
  waitForStage,
} from "./student.ts";
import { useEngine } from "./use-engine.ts";

const slipIn =
  "document.body.append(Object.assign(document.createElement('script'), { text: 'attacked = 1' }))";
const everythingStored = "JSON.stringify({ ...localStorage, ...sessionStorage })";

describe.each(WANTED_ENGINES)("in $engine", ({ engine, launch }) => {
  const visit = useEngine(engine, launch);

  test("a visitor finds a course, signs in to enroll for free, and it is theirs", async () => {
    const guest = await visit("/");
    await guest.fill(role("searchbox", /^Search courses$/), "mary jackson");
    await guest.waitFor(text(/^1 course$/));
    await guest.click(role("link", /^Programming from First Principles/));
    await guest.waitFor(text(/^You will sign in first\./));
    await guest.click(role("button", /^Enroll for free$/));
    await signInAtIssuer(guest);
    await guest.click(role("button", /^Enroll for free$/));
    await guest.waitFor(enrolledBadge);
    await waitForMyCourse(guest, "TEST-COURSE-001");
  });

  test("a student pays with a card, and the course is theirs", async () => {
    const guest = await visit("/courses/TEST-COURSE-003");
    await signIn(guest);
    await guest.click(buyButton);
    await fillCard(guest, CARDS.good);
    await guest.form.click(payButton);
    await waitForStage(guest, "enrolled");
    await waitForMyCourse(guest, "TEST-COURSE-003");
  });

  test("a declined card is explained, and another one pays", async () => {
    const guest = await visit("/checkout/TEST-COURSE-005");
    await signIn(guest);
    await fillCard(guest, CARDS.declined);
    await guest.form.click(payButton);
    await guest.form.waitFor(text(/^Your card was declined\./));
    await fillCard(guest, CARDS.good);
    await guest.form.click(payButton);
    await waitForStage(guest, "enrolled");
  });

  test("a bank that asks for 3-D Secure gets its answer, and the student the course", async () => {
    const guest = await visit("/checkout/TEST-COURSE-003");
    await signIn(guest);
    await fillCard(guest, CARDS.authenticated);
    await guest.form.click(payButton);
    await guest.form.waitFor(role("dialog", /^3-D Secure/));
    await guest.form.click(role("button", /^Complete$/));
    await waitForStage(guest, "enrolled");
  });

  test("a student signs out, and nothing of them is left in the browser", async () => {
    const guest = await visit("/my-courses");
    await signIn(guest);
    expect(await guest.run(everythingStored)).toMatch(/token/);
    await guest.click(signOutButton);
    await guest.waitFor(role("searchbox"));
    await guest.waitFor(role("button", /^Sign in/));
    expect(await guest.run(everythingStored)).not.toMatch(/token|student-/);
    await guest.click(role("button", /^Sign in/));
    // The issuer asks again who it is.
    await guest.waitFor(role("textbox", /^Or be someone else$/));
  });

  test("a script that was slipped into a page does not run, and the page complains", async () => {
    const guest = await visit("/");
    guest.expected.push(/content.security.policy/i);
    await guest.waitFor(role("searchbox"));
    await guest.run(slipIn);
    await guest.waitForComplaint(/content.security.policy/i);
    expect(await guest.run("typeof attacked")).toBe("undefined");
  });
});

/** Keys that are pressed while a page is being left have hung WebKitGTK's driver. */
const TYPED_IN = WANTED_ENGINES.filter(({ engine }) => engine !== "WebKitGTK");

describe.each(TYPED_IN)("by keyboard alone, in $engine", ({ engine, launch }) => {
  const visit = useEngine(engine, launch);

  test("a student signs in and comes to the payment form", async () => {
    const guest = await visit("/courses/TEST-COURSE-003");
    const press = async (query: Query) => {
      await guest.tabTo(query);
      await guest.driver.press("Enter");
    };
    await press(role("button", /^Sign in$/));
    await guest.tabTo(role("textbox", /^Or be someone else$/));
    await guest.driver.type(newAddress());
    await guest.driver.press("Enter");
    await guest.waitFor(signOutButton);
    await press(buyButton);
    await guest.form.waitFor(payButton);
    await guest.waitForFocus(role("heading", /^Checkout$/));
    const cardNumber = role("textbox", /^Card number$/);
    await guest.form.tabTo(cardNumber);
    expect(await guest.driver.isFocused(cardNumber, "frame")).toBe(true);
  });
});
