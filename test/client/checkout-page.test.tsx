import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { keepSession } from "#client/session.ts";
import { CARDS, IBANS, inGroups } from "#infra/local/stripe/checkout/test-numbers.ts";
import type { ClientConfig } from "#workflow/client-config.ts";
import {
  ada,
  enrollmentIn,
  ordinaryAnswers,
  paidCourse,
  purchaseAt,
  readHeading,
  refuse,
  serveApi,
  visit,
} from "./student-site.tsx";

const config: ClientConfig = {
  oidcIssuer: "https://issuer.example",
  oidcClientId: "bursar-client",
  oidcScope: "openid",
  stripePublishableKey: "pk_test_1",
};

const payable = {
  ...ordinaryAnswers,
  "GET /config.json": () => config,
  "POST /api/enrollments": () =>
    Response.json(
      { status: "pending", clientSecret: "cs_1_secret", checkoutSessionId: "cs_1" },
      { status: 201 },
    ),
};

/** Stripe.js in the one respect that matters here: it allows one embedded form at a time, and takes its time. */
const stripe = vi.hoisted(() => {
  let standing = 0;
  const pending: (() => void)[] = [];
  return {
    isRefusing: false,
    letFormsBeReady: () => pending.splice(0).forEach((resume) => resume()),
    load: async () => ({
      elements: () => {},
      createToken: () => {},
      createPaymentMethod: () => {},
      confirmCardPayment: () => {},
      createEmbeddedCheckoutPage: async ({ clientSecret }: { clientSecret: string }) => {
        if (stripe.isRefusing) throw new Error("This session cannot be paid.");
        if (standing > 0) throw new Error("You cannot have multiple Embedded Checkout objects.");
        standing += 1;
        await new Promise<void>((resolve) => pending.push(resolve));
        const form = document.createElement("p");
        form.textContent = `form for ${clientSecret}`;
        return {
          mount: (place: HTMLElement) => place.append(form),
          unmount: () => form.remove(),
          destroy: () => {
            form.remove();
            standing -= 1;
          },
        };
      },
    }),
  };
});

vi.mock("@stripe/stripe-js/pure", () => ({ loadStripe: () => stripe.load() }));

beforeEach(() => {
  keepSession(ada);
  stripe.isRefusing = false;
});

/** How many forms there are once one is ready. */
const countForms = async () => {
  await waitFor(async () => {
    await act(async () => stripe.letFormsBeReady());
    screen.getAllByText("form for cs_1_secret");
  });
  return screen.getAllByText("form for cs_1_secret").length;
};

test("the order is beside Stripe's form, with the price and the numbers to test with", async () => {
  serveApi(payable);
  visit("/checkout/PAID-1");
  expect(await readHeading()).toBe("Checkout");
  const order = screen.getByRole("region", { name: "Your order" });
  expect(order.textContent).toContain("Reliable Payments");
  expect(order.textContent).toContain("$49.00");
  const hint = screen.getByRole("region", { name: "Test mode" }).textContent;
  for (const number of [CARDS.good, CARDS.declined, CARDS.authenticated, IBANS.paying, IBANS.failing]) {
    expect(hint).toContain(inGroups(number));
  }
  expect(await countForms()).toBe(1);
  expect(document.title).toBe("Checkout: Reliable Payments · Bursar");
});

test("leaving while the form loads, ten times over, does not break the next visit", async () => {
  serveApi(payable);
  const router = visit("/courses/PAID-1");
  await readHeading();
  for (let visits = 0; visits < 10; visits++) {
    await act(() => router.navigate("/checkout/PAID-1"));
    await screen.findByTestId("checkout");
    await act(() => router.navigate("/courses/PAID-1"));
    await screen.findByRole("button", { name: "Buy for $49.00" });
  }
  await act(() => router.navigate("/checkout/PAID-1"));
  expect(await countForms()).toBe(1);
});

test("a visit that ends before the page is there opens no checkout", async () => {
  let answerCourse = () => {};
  const isAnswered = new Promise<void>((resolve) => {
    answerCourse = resolve;
  });
  const { calls } = serveApi({
    ...payable,
    "GET /api/courses/PAID-1": () => isAnswered.then(() => Response.json({ course: paidCourse })),
  });
  const router = visit("/");
  await readHeading();
  const leaving = router.navigate("/checkout/PAID-1");
  await waitFor(() => expect(calls).toContain("GET /api/courses/PAID-1"));
  await act(() => router.navigate("/my-courses"));
  await act(async () => answerCourse());
  await leaving;
  await screen.findByRole("heading", { name: "My courses" });
  expect(calls).not.toContain("POST /api/enrollments");
});

test("coming back while the checkout opens shares its answer", async () => {
  let answer = () => {};
  const isAnswered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const { calls } = serveApi({
    ...payable,
    "POST /api/enrollments": () => isAnswered.then(payable["POST /api/enrollments"]),
  });
  const router = visit("/checkout/PAID-1");
  await readHeading();
  await act(() => router.navigate("/courses/PAID-1"));
  await act(() => router.navigate("/checkout/PAID-1"));
  await act(async () => answer());
  expect(await countForms()).toBe(1);
  expect(calls.filter((call) => call === "POST /api/enrollments")).toHaveLength(1);
});

test("leaving a form that is shown and coming back shows one form again", async () => {
  serveApi(payable);
  const router = visit("/checkout/PAID-1");
  expect(await countForms()).toBe(1);
  await act(() => router.navigate("/courses/PAID-1"));
  await screen.findByRole("button", { name: "Buy for $49.00" });
  expect(screen.queryByText("form for cs_1_secret")).toBeNull();
  await act(() => router.navigate("/checkout/PAID-1"));
  expect(await countForms()).toBe(1);
});

test("a form that Stripe refuses to show is a sentence with a way on", async () => {
  stripe.isRefusing = true;
  serveApi(payable);
  visit("/checkout/PAID-1");
  expect((await screen.findByRole("alert")).textContent).toBe("The payment form could not be shown.");
  stripe.isRefusing = false;
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(await countForms()).toBe(1);
});

test("an API that fails to open the checkout is a sentence with a way on", async () => {
  let isDown = true;
  serveApi({
    ...payable,
    "POST /api/enrollments": () => (isDown ? undefined : payable["POST /api/enrollments"]()),
  });
  visit("/checkout/PAID-1");
  expect((await screen.findByRole("alert")).textContent).toContain("This site cannot be reached");
  isDown = false;
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(await countForms()).toBe(1);
});

test("a student who has the course already is told instead of charged", async () => {
  serveApi({
    ...payable,
    "POST /api/enrollments": () => ({ status: "active", enrollment: enrollmentIn("PAID-1") }),
  });
  visit("/checkout/PAID-1");
  await screen.findByRole("heading", { name: "You already have this course" });
  expect(screen.queryByTestId("checkout")).toBeNull();
});

test("a payment in progress is followed instead of paid a second time", async () => {
  serveApi({
    ...payable,
    "POST /api/enrollments": () =>
      refuse(409, "payment_in_progress", "You have paid already.", { checkoutSessionId: "cs_7" }),
    "GET /api/checkout/session/cs_7": () => purchaseAt("processing"),
  });
  const router = visit("/checkout/PAID-1");
  await screen.findByTestId("stage-processing");
  expect(router.state.location.search).toBe("?session_id=cs_7");
});

test("a free course has no checkout", async () => {
  serveApi(payable);
  const router = visit("/checkout/FREE-1");
  await screen.findByRole("button", { name: "Enroll for free" });
  expect(router.state.location.pathname).toBe("/courses/FREE-1");
});

test("a student who is signed out is asked to sign in, and no session is opened", async () => {
  keepSession(null);
  const { calls } = serveApi(payable);
  visit("/checkout/PAID-1");
  expect(await readHeading()).toBe("Please sign in");
  expect(calls).not.toContain("POST /api/enrollments");
});

test("a sign-in that ends while the checkout opens asks to sign in again", async () => {
  serveApi({ ...payable, "POST /api/enrollments": () => new Response("{}", { status: 401 }) });
  visit("/checkout/PAID-1");
  expect(await screen.findByRole("button", { name: "Sign in to continue" })).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toContain("You have not been charged.");
  expect(screen.getAllByRole("heading", { level: 1 })).toHaveLength(1);
});
