import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idempotencyKey, sessionParams } from "#handlers/adapters/stripe/session-params.ts";
import { checkoutOptionsOf } from "#handlers/checkout-options.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import type { CheckoutRequest } from "#workflow/ports/payments.ts";

const NO_OPTIONS = checkoutOptionsOf({});
const place = {
  clientUrl: "https://courses.example.com",
  deploymentName: "bursar-staging",
  options: NO_OPTIONS,
};
const request: CheckoutRequest = { student, course: paidCourse, attempt: 1 };
const keyOf = (of: CheckoutRequest, at = place) => idempotencyKey(of, sessionParams(of, at));

describe("what is asked of Stripe", () => {
  test("names deployment, student and course on the session and on its payment", () => {
    const metadata = {
      deployment: "bursar-staging",
      userId: "user-ada",
      courseId: "TEST-COURSE-003",
      courseName: "Reliable Payments",
    };
    expect(sessionParams(request, place)).toEqual({
      mode: "payment",
      ui_mode: "embedded_page",
      return_url: "https://courses.example.com/checkout/return?session_id={CHECKOUT_SESSION_ID}",
      line_items: [
        {
          quantity: 1,
          price_data: { currency: "usd", unit_amount: 4900, product_data: { name: "Reliable Payments" } },
        },
      ],
      client_reference_id: "user-ada",
      metadata,
      payment_intent_data: { metadata },
      customer_creation: "always",
      customer_email: "ada@example.com",
    });
  });

  test("is the student's customer when there is one, and then nothing of the student", () => {
    const params = sessionParams({ ...request, student: { ...student, stripeCustomerId: "cus_1" } }, place);
    expect(params).toMatchObject({ customer: "cus_1" });
    expect(params).not.toHaveProperty("customer_email");
    expect(params).not.toHaveProperty("customer_creation");
  });

  test("is a new customer without an address when there is none", () => {
    const params = sessionParams({ ...request, student: { ...student, email: "" } }, place);
    expect(params).toMatchObject({ customer_creation: "always" });
    expect(params).not.toHaveProperty("customer_email");
  });

  test("is in the student's language, as far as Stripe speaks it", () => {
    const localeFor = (locale?: string) =>
      sessionParams({ ...request, student: { ...student, locale } }, place).locale;
    expect([localeFor("de-AT"), localeFor("ar"), localeFor()]).toEqual(["de", "auto", undefined]);
  });

  test.each([
    ["Stripe's own price", { stripePriceId: "price_1", stripeProductId: "prod_1" }, { price: "price_1" }],
    [
      "Stripe's product",
      { stripeProductId: "prod_1" },
      { price_data: { product: "prod_1", unit_amount: 4900 } },
    ],
  ])("is %s when the course has one", (_what, ids, expected) => {
    const course = { ...paidCourse, ...ids };
    expect(sessionParams({ ...request, course }, place).line_items).toMatchObject([expected]);
  });

  test("has a course's name as long as metadata can hold it, and shows where it ends early", () => {
    const course = { ...paidCourse, name: "x".repeat(600) };
    const { line_items: items, metadata } = sessionParams({ ...request, course }, place);
    const name = `${"x".repeat(499)}…`;
    expect(metadata?.["courseName"]).toBe(name);
    expect(items?.[0]?.price_data?.product_data?.name).toBe(name);
  });
});

const text = fc.string({ minLength: 1, maxLength: 20 });
const anyRequest: fc.Arbitrary<CheckoutRequest> = fc.record({
  student: fc.record(
    {
      userId: text,
      email: fc.constantFrom("", "ada@example.com", "king@example.com"),
      stripeCustomerId: text,
    },
    { requiredKeys: ["userId", "email"] },
  ),
  course: fc
    .record(
      {
        courseId: text,
        name: text,
        unitAmount: fc.integer({ min: 1, max: 99_999 }),
        currency: fc.constantFrom("usd", "eur", "huf"),
        stripeProductId: text,
        stripePriceId: text,
      },
      { requiredKeys: ["courseId", "name", "unitAmount", "currency"] },
    )
    .map((fields) => ({ ...paidCourse, ...fields })),
  attempt: fc.integer({ min: 1, max: 9 }),
});

describe("the key under which it is asked once", () => {
  test("is the same for the same request", () => {
    fc.assert(
      fc.property(anyRequest, (one) => {
        expect(keyOf(structuredClone(one))).toBe(keyOf(one));
      }),
    );
  });

  test("differs whenever anything that is asked differs, or the price that it is held against", () => {
    const asked = (of: CheckoutRequest) =>
      JSON.stringify([sessionParams(of, place), of.course.unitAmount, of.course.currency, of.attempt]);
    const neighbours = anyRequest.chain((one) =>
      fc.tuple(
        fc.constant(one),
        // Of two requests that have nothing in common nobody would take one for the other.
        anyRequest.chain((other) =>
          fc.constantFrom<CheckoutRequest>(
            { ...one, attempt: other.attempt },
            ...Object.keys(other.student).map((field) => ({
              ...one,
              student: { ...one.student, [field]: other.student[field as keyof typeof other.student] },
            })),
            ...Object.keys(other.course).map((field) => ({
              ...one,
              course: { ...one.course, [field]: other.course[field as keyof typeof other.course] },
            })),
          ),
        ),
      ),
    );
    fc.assert(
      fc.property(neighbours, ([one, other]) => {
        expect(keyOf(one) === keyOf(other)).toBe(asked(one) === asked(other));
      }),
      { numRuns: 2_000 },
    );
  });

  test.each<[string, CheckoutRequest, typeof place]>([
    ["the course was renamed", { ...request, course: { ...paidCourse, name: "Renamed" } }, place],
    ["the price was changed", { ...request, course: { ...paidCourse, unitAmount: 5900 } }, place],
    [
      "only the catalogue's price was changed",
      { ...request, course: { ...paidCourse, stripePriceId: "price_1", unitAmount: 5900 } },
      place,
    ],
    ["a customer is linked", { ...request, student: { ...student, stripeCustomerId: "cus_1" } }, place],
    ["the address is left out", { ...request, student: { ...student, email: "" } }, place],
    ["the attempt before was spoiled", { ...request, attempt: 2 }, place],
    ["the client has moved", request, { ...place, clientUrl: "https://other.example.com" }],
    ["another deployment asks", request, { ...place, deploymentName: "bursar" }],
  ])("is another when %s", (_what, other, at) => {
    const before =
      "stripePriceId" in other.course
        ? { ...request, course: { ...paidCourse, stripePriceId: "price_1" } }
        : request;
    expect(keyOf(other, at)).not.toBe(keyOf(before));
  });

  test("is within Stripe's 255 characters for the longest ids that there are", () => {
    const course = { ...paidCourse, courseId: "x".repeat(64), name: "n".repeat(5_000) };
    const longest = { student: { ...student, userId: "u".repeat(128) }, course, attempt: 99_999 };
    expect(keyOf(longest).length).toBeLessThanOrEqual(255);
  });
});
