import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { keepSession } from "#client/session.ts";
import { SLOW_AFTER_MS } from "#client/use-purchase.ts";
import type { Stage } from "#workflow/contract.ts";
import { ada, ordinaryAnswers, purchaseAt, readHeading, refuse, serveApi, visit } from "./student-site.tsx";

const ADDRESS = "/checkout/return?session_id=cs_1";
const SESSION = "GET /api/checkout/session/cs_1";

beforeEach(() => keepSession(ada));

function visitPurchaseAt(stage: Stage, more: object = {}) {
  serveApi({ ...ordinaryAnswers, [SESSION]: () => ({ ...purchaseAt(stage), ...more }) });
  return visit(ADDRESS);
}

const hrefOf = (link: HTMLElement) => link.getAttribute("href");
const mainText = () => screen.getByRole("main").textContent;

test("a purchase that is enrolled says so and leads to the course", async () => {
  visitPurchaseAt("enrolled");
  expect(await readHeading()).toBe("You are enrolled");
  expect(screen.getByTestId("stage-enrolled").textContent).toMatch(
    /Paid: done.*Verified: done.*Enrolled: done/,
  );
  expect(screen.getByRole("link", { name: "Go to course" }).getAttribute("href")).toBe("/courses/PAID-1");
  expect(document.title).toBe("You are enrolled · Bursar");
});

test("a purchase that is paid does not claim to be enrolled", async () => {
  visitPurchaseAt("paid");
  expect(await readHeading()).toBe("Payment received");
  expect(screen.getByTestId("stage-paid").textContent).toMatch(
    /Paid: done.*Verified: in progress.*Enrolled: not yet/,
  );
  expect(screen.queryByText("Go to course")).toBeNull();
});

test.each(["processing", "paid", "needs_attention", "enrolled"] as const)(
  "a student whose purchase is %s is never invited to pay again",
  async (stage) => {
    visitPurchaseAt(stage);
    await readHeading();
    const targets = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
    expect(targets.filter((target) => target?.startsWith("/checkout/"))).toEqual([]);
    expect(screen.queryByRole("button", { name: /pay|buy|start again/i })).toBeNull();
  },
);

test("a payment that is not followed by an enrollment for long is said to be slow, and gets its order number", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
  visitPurchaseAt("paid");
  await readHeading();
  expect(mainText()).not.toContain("TEST-0001");
  await act(() => vi.advanceTimersByTimeAsync(SLOW_AFTER_MS));
  expect(mainText()).toContain("takes longer than usual");
  expect(mainText()).toContain("Your payment is safe");
  expect(mainText()).toContain("TEST-0001");
  expect(screen.getByTestId("stage-paid")).toBeTruthy();
});

test("a delayed payment is explained as the bank's work", async () => {
  visitPurchaseAt("processing");
  expect(await readHeading()).toBe("Your bank is working on it");
  expect(screen.getByTestId("stage-processing").textContent).toMatch(/Paid: in progress/);
});

test("a payment that needs attention is safe, has its order number, and promises nothing that nobody does", async () => {
  visitPurchaseAt("needs_attention");
  await readHeading();
  expect(mainText()).toContain("Your payment is safe.");
  expect(mainText()).toContain("TEST-0001");
  expect(mainText()).not.toMatch(/told|notified|our team|looking into/i);
});

test("an expired checkout offers to start again", async () => {
  visitPurchaseAt("expired");
  expect(await readHeading()).toBe("This checkout has expired");
  expect(screen.getByTestId("stage-expired")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Start again" }).getAttribute("href")).toBe("/checkout/PAID-1");
});

test("a payment that the bank refused in the end is told from a checkout that expired", async () => {
  visitPurchaseAt("expired", { status: "complete" });
  expect(await readHeading()).toBe("Your bank refused the payment");
  expect(mainText()).toContain("You have not been charged");
});

test("an open checkout can be gone back to", async () => {
  visitPurchaseAt("open");
  await readHeading();
  expect(screen.getByRole("link", { name: "Back to checkout" }).getAttribute("href")).toBe(
    "/checkout/PAID-1",
  );
});

test("another student's purchase is a page that is not there", async () => {
  serveApi({ [SESSION]: () => refuse(404, "not_found", "There is no such checkout session.") });
  visit(ADDRESS);
  expect(await readHeading()).toBe("Page not found");
});

test("a student who is signed out is asked to sign in", async () => {
  keepSession(null);
  visitPurchaseAt("paid");
  expect(await readHeading()).toBe("Please sign in");
});

test("without a network the page says that the purchase is not affected, and retrying works", async () => {
  let isDown = true;
  serveApi({ ...ordinaryAnswers, [SESSION]: () => (isDown ? undefined : purchaseAt("paid")) });
  visit(ADDRESS);
  expect(await readHeading()).toBe("Checking your purchase");
  expect(mainText()).toContain("Your purchase is not affected");
  isDown = false;
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  await screen.findByTestId("stage-paid");
  expect(screen.queryByRole("button", { name: "Retry" })).toBeNull();
});

test.each([
  ["withdrawn", "This purchase was withdrawn", "Withdrawn: done"],
  ["refunded", "Your payment was refunded", "Refunded: done"],
] as const)(
  "a purchase that was %s says so, claims no way to a course, and lets it be bought again",
  async (stage, heading, step) => {
    visitPurchaseAt(stage);
    expect(await readHeading()).toBe(heading);
    const steps = within(screen.getByRole("list", { name: "What became of your purchase" }));
    expect(steps.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      expect.stringContaining(step),
    ]);
    expect(hrefOf(screen.getByRole("link", { name: "Buy again" }))).toBe("/checkout/PAID-1");
  },
);

test("what was paid is shown with its day and the receipt, once it is known", async () => {
  const settledAt = "2026-10-03T12:00:00.000Z";
  visitPurchaseAt("enrolled", { amountTotal: 4410, currency: "usd", settledAt, document: "receipt" });
  await readHeading();
  for (const text of ["Paid$44.10", "DateOctober 3, 2026", "Order numberTEST-0001"])
    expect(mainText()).toContain(text);
  expect(screen.getByRole("button", { name: "Receipt" })).toBeTruthy();
});

test("before it is known there is neither an amount nor a receipt", async () => {
  visitPurchaseAt("processing");
  await readHeading();
  expect(mainText()).not.toContain("$");
  expect(screen.queryByRole("button", { name: "Receipt" })).toBeNull();
});

test("a purchase that is enrolled leads to where the course is taken", async () => {
  const accessUrl = "https://example.com/courses/1";
  serveApi({
    ...ordinaryAnswers,
    [SESSION]: () => purchaseAt("enrolled"),
    "GET /api/enrollments/check/PAID-1": () => ({ enrolled: true, accessUrl }),
  });
  visit(ADDRESS);
  await readHeading();
  expect(hrefOf(screen.getByRole("link", { name: "Go to course" }))).toBe(accessUrl);
});
