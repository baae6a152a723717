import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { keepSession } from "#client/session.ts";
import { ada, ordinaryAnswers, readHeading, refuse, serveApi, visit } from "./student-site.tsx";

vi.mock("@stripe/stripe-js/pure", () => ({ loadStripe: () => new Promise(() => {}) }));

const ENROLL = "POST /api/enrollments";

beforeEach(() => keepSession(ada));

async function visitCheckout(answer: () => unknown) {
  const config = { stripePublishableKey: "pk_test_1" };
  const served = serveApi({ ...ordinaryAnswers, "GET /config.json": () => config, [ENROLL]: answer });
  visit("/checkout/PAID-1");
  expect(await readHeading()).toBe("Checkout");
  return served;
}

test("a course that is not on offer is said to be so, and trying again is not offered", async () => {
  await visitCheckout(() => refuse(409, "course_not_for_sale", "Not on offer."));
  await screen.findByRole("heading", { name: "This course is not on offer at the moment" });
  expect(screen.getByRole("alert").textContent).toContain("You have not been charged.");
  expect(screen.getByRole("link", { name: "See all courses" }).getAttribute("href")).toBe("/");
  expect(screen.queryByRole("button", { name: "Retry" })).toBeNull();
});

test("who asks for a checkout very often is told so calmly, and may go on when the time has come", async () => {
  const error = { code: "too_many_requests", message: "Wait 1 second.", requestId: "request-1" };
  const { calls } = await visitCheckout(() =>
    Response.json({ error }, { status: 429, headers: { "retry-after": "1" } }),
  );
  await screen.findByRole("heading", { name: "One moment, please" });
  expect(screen.queryByRole("alert")).toBeNull();
  const button = screen.getByRole("button", { name: "Go on" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  await waitFor(() => expect(button.getAttribute("aria-disabled")).toBeNull(), { timeout: 20_000 });
  await userEvent.click(button);
  await waitFor(() => expect(calls.filter((call) => call === ENROLL)).toHaveLength(2));
});

test("too many buyers at once are asked to wait, and then to try again", async () => {
  let isBusy = true;
  const { calls } = await visitCheckout(() =>
    isBusy ? Response.json({ message: "Too Many Requests" }, { status: 429 }) : new Promise(() => {}),
  );
  expect((await screen.findByRole("alert")).textContent).toContain("Wait a few seconds, then try again.");
  expect(screen.getByText("You have not been charged.")).toBeTruthy();
  isBusy = false;
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  expect(calls.filter((call) => call === ENROLL)).toHaveLength(2);
});
