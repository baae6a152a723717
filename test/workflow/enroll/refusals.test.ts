import { describe, expect, test } from "vitest";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { CheckoutRefused } from "#workflow/ports/payments.ts";
import { useEnroll } from "./use-enroll.ts";

const under = useEnroll();

describe("a customer who is gone at the payment provider", () => {
  const linked = { ...student, stripeCustomerId: "cus_gone" };
  const refuseTheDead = () => {
    under.stores.students.set(student.userId, linked);
    under.payments.refuse = ({ student: { stripeCustomerId } }) =>
      stripeCustomerId === "cus_gone"
        ? new CheckoutRefused("customer", "resource_missing", "customer")
        : undefined;
  };

  test("is left out, and forgotten", async () => {
    refuseTheDead();
    await expect(under.enroll(paidCourse, linked)).resolves.toMatchObject({ outcome: "payment-needed" });
    expect(under.payments.requests.map((request) => request.student.stripeCustomerId)).toEqual([
      "cus_gone",
      undefined,
    ]);
    expect(under.stores.students.get(student.userId)).not.toHaveProperty("stripeCustomerId");
  });

  test("does not take along the one that was linked meanwhile", async () => {
    refuseTheDead();
    under.stores.students.set(student.userId, { ...student, stripeCustomerId: "cus_new" });
    await under.enroll(paidCourse, linked);
    expect(under.stores.students.get(student.userId)).toMatchObject({ stripeCustomerId: "cus_new" });
  });

  test("whom the student does not have is no reason to go on asking", async () => {
    under.payments.refuse = () => new CheckoutRefused("customer", "resource_missing", "customer");
    await expect(under.enroll()).rejects.toThrow("refuses the customer: resource_missing, customer");
    expect(under.payments.requests).toHaveLength(1);
  });
});

describe("an e-mail address that the payment provider refuses", () => {
  const refuseEmail = () => {
    under.payments.refuse = ({ student: { email } }) =>
      email ? new CheckoutRefused("email", "email_invalid", "customer_email") : undefined;
  };

  test("is left out, and stays the student's here", async () => {
    refuseEmail();
    await expect(under.enroll()).resolves.toMatchObject({ outcome: "payment-needed" });
    expect(under.payments.requests.map((request) => request.student.email)).toEqual([student.email, ""]);
    expect(under.stores.students.get(student.userId)).toEqual(student);
  });

  test("that is left out already is no reason to go on asking, and the error does not say it", async () => {
    under.payments.refuse = () => new CheckoutRefused("email", "email_invalid", "customer_email");
    const error = await under.enroll().catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: "CheckoutRefused" });
    expect((error as Error).message).not.toContain(student.email);
    expect(under.payments.requests).toHaveLength(2);
  });

  test("together with a customer who is gone costs two tries", async () => {
    under.payments.refuse = ({ student: { email, stripeCustomerId } }) => {
      if (stripeCustomerId) return new CheckoutRefused("customer", "resource_missing", "customer");
      return email ? new CheckoutRefused("email", "email_invalid", "customer_email") : undefined;
    };
    const linked = { ...student, stripeCustomerId: "cus_gone" };
    await expect(under.enroll(paidCourse, linked)).resolves.toMatchObject({ outcome: "payment-needed" });
    expect(under.payments.requests).toHaveLength(3);
  });
});

describe("an answer that nobody can use", () => {
  test("is not asked for again: the next attempt gets another", async () => {
    under.payments.spoiled = 1;
    await expect(under.enroll()).resolves.toMatchObject({ outcome: "payment-needed" });
    expect(under.payments.requests.map(({ attempt }) => attempt)).toEqual([1, 2]);
    await expect(under.enroll()).resolves.toMatchObject({ checkoutSessionId: "cs_test_1" });
  });

  test.each([2, 3, 5])("leaves %i tabs with one session, and nothing else payable", async (tabs) => {
    under.payments.spoiled = 2;
    const answers = await Promise.all(Array.from({ length: tabs }, () => under.enroll()));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ outcome: "payment-needed" });
    expect(under.payments.payable()).toHaveLength(1);
  });

  test("every time ends in an error instead of going on for ever", async () => {
    under.payments.spoiled = Infinity;
    await expect(under.enroll()).rejects.toThrow("in 6 tries");
    expect(under.payments.requests).toHaveLength(6);
  });

  test("does not lose the place of a session that is over", async () => {
    await under.enroll();
    under.payments.change("cs_test_1", { status: "expired" });
    under.payments.spoiled = 1;
    await expect(under.enroll()).resolves.toMatchObject({ checkoutSessionId: "cs_test_2" });
    expect(under.payments.requests.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });
});

describe("a course that the payment provider refuses", () => {
  const refused = new CheckoutRefused("course", "price_inactive", "line_items[0][price]");

  test("is not for sale, with the provider's own code and parameter", async () => {
    under.payments.refuse = () => refused;
    await expect(under.enroll()).resolves.toEqual({
      outcome: "not-for-sale",
      refusal: { code: "price_inactive", param: "line_items[0][price]" },
    });
    expect(under.stores.purchases.size).toBe(0);
  });

  test("is for sale once that is mended, though the provider keeps its refusal of the same request", async () => {
    const kept = new Set<number>();
    let isMended = false;
    under.payments.refuse = ({ attempt }) => {
      if (!isMended) kept.add(attempt);
      return kept.has(attempt) ? refused : undefined;
    };
    await under.enroll();
    await under.enroll();
    isMended = true;
    await expect(under.enroll()).resolves.toMatchObject({ outcome: "payment-needed" });
  });

  test("does not make the form unpayable that is open already", async () => {
    await under.enroll();
    under.payments.refuse = () => refused;
    await expect(under.enroll()).resolves.toMatchObject({ checkoutSessionId: "cs_test_1" });
  });
});

test("an error of any other kind is an error, and the next request is the same request", async () => {
  const { openCheckout } = under.payments;
  under.payments.openCheckout = () => Promise.reject(new Error("Stripe is away"));
  await expect(under.enroll()).rejects.toThrow("Stripe is away");
  under.payments.openCheckout = openCheckout;
  await under.enroll();
  expect(under.payments.requests.map(({ attempt }) => attempt)).toEqual([1]);
});
