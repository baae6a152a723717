import { beforeEach, expect, test, vi } from "vitest";
import { keepSession } from "#client/session.ts";
import { ada, ordinaryAnswers, purchaseAt, readHeading, serveApi, visit } from "./student-site.tsx";

vi.mock("@stripe/stripe-js/pure", () => ({ loadStripe: () => new Promise(() => {}) }));

beforeEach(() => keepSession(ada));

test("/checkout?courseId=… leads to the course's checkout, and Back does not lead there again", async () => {
  serveApi({ ...ordinaryAnswers, "GET /config.json": () => ({ stripePublishableKey: "pk_test_1" }) });
  const router = visit("/checkout?courseId=PAID-1");
  await vi.waitFor(() => expect(router.state.location.pathname).toBe("/checkout/PAID-1"));
  await vi.waitFor(() => expect(document.title).toBe("Checkout: Reliable Payments · Bursar"));
  expect(router.state.historyAction).toBe("REPLACE");
});

test("/enrollment/return?session_id=… leads to the purchase's page", async () => {
  serveApi({ ...ordinaryAnswers, "GET /api/checkout/session/cs_1": () => purchaseAt("enrolled") });
  const router = visit("/enrollment/return?session_id=cs_1");
  expect(await readHeading()).toBe("You are enrolled");
  expect(router.createHref(router.state.location)).toBe("/checkout/return?session_id=cs_1");
});

test("what a link carries into such an address stays one course id", async () => {
  serveApi(ordinaryAnswers);
  const router = visit("/checkout?courseId=%2F%2Fevil.example%2Fx");
  await readHeading();
  expect(router.state.location.pathname).toBe("/checkout/%2F%2Fevil.example%2Fx");
});

test.each(["/checkout", "/checkout?courseId=", "/enrollment/return"])(
  "%s names nothing and is not found",
  async (address) => {
    serveApi(ordinaryAnswers);
    visit(address);
    expect(await readHeading()).toBe("Page not found");
  },
);
