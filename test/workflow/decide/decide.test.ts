import { describe, expect, test } from "vitest";
import { collect } from "#test/support/collect.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { paidEnrollment, settledPurchase } from "#test/support/purchases.ts";
import { carryOut } from "#workflow/decide/carry-out.ts";
import { decide, planDecision, type WantedDecision } from "#workflow/decide/decide.ts";
import type { Purchase } from "#workflow/purchase.ts";
import { DAY_AFTER, toGrace, useDecide, wanted } from "./use-decide.ts";

const under = useDecide();
const ada = () => under.purchase() as Purchase;
const decideAs = (decision: WantedDecision, purchase = ada()) => decide(purchase, decision, under.ports);

describe("a purchase that is withdrawn", () => {
  test("is decided with its reason, who decided and when, and its enrollment is taken back", async () => {
    const standing = await decideAs(wanted());
    expect(standing.decision).toEqual({
      kind: "withdrawn",
      reason: "paid back",
      by: "operator",
      at: DAY_AFTER,
    });
    expect(ada()).toMatchObject({ decision: standing.decision });
    expect(under.enrolled()).toEqual([]);
  });

  test("leaves the course to be bought again", async () => {
    await decideAs(wanted());
    await expect(under.stores.findOpenCheckout("user-ada", "TEST-COURSE-003")).resolves.toMatchObject({
      closedAt: DAY_AFTER,
    });
  });

  test("leaves alone what the student has by another purchase", async () => {
    under.stores.enrollments.set(
      "user-ada/TEST-COURSE-003",
      paidEnrollment({ stripeSessionId: "cs_test_2" }),
    );
    await under.stores.replaceOpenCheckout(
      { userId: "user-ada", courseId: "TEST-COURSE-003", checkoutSessionId: "cs_test_2", attempt: 2 },
      await under.stores.findOpenCheckout("user-ada", "TEST-COURSE-003"),
    );
    await decideAs(wanted());
    expect(under.enrolled()).toEqual(["user-ada/TEST-COURSE-003"]);
    expect([...under.stores.openCheckouts.values()][0]).not.toHaveProperty("closedAt");
  });

  test("asks for nobody any more", async () => {
    const failure = { executionName: "evt_1", isFinal: true };
    await under.stores.noteFailure(ada(), settledPurchase().settlement as never, failure, DAY_AFTER);
    await decideAs(wanted());
    await expect(collect(under.stores.listPurchasesAwaitingAttention(() => {}))).resolves.toEqual([]);
    expect(ada()).not.toHaveProperty("needsAttention");
  });

  test("cannot be paid any more if it was not", async () => {
    under.stores.purchases.set("user-ada/cs_test_1", settledPurchase({ settlement: undefined }));
    await decideAs(wanted());
    expect(under.payments.payable()).toEqual(["cs_test_grace"]);
  });

  test("is not asked for at the payment provider once it was paid", async () => {
    under.payments.expireCheckout = () => Promise.reject(new Error("nobody asked for that"));
    await expect(decideAs(wanted())).resolves.toMatchObject({ decision: { kind: "withdrawn" } });
  });
});

describe("a place that is given to another student", () => {
  test("is theirs, with a purchase of their own, and the first one's no more", async () => {
    await decideAs(toGrace);
    expect([...under.stores.enrollments.values()]).toEqual([
      paidEnrollment({ userId: "user-grace", enrolledAt: DAY_AFTER, stripePaymentIntentId: "pi_1" }),
    ]);
    const { decision, ...agreed } = ada();
    expect(decision).toMatchObject({ kind: "transferred", to: "user-grace" });
    expect(under.purchase("user-grace")).toEqual({ ...agreed, userId: "user-grace" });
  });

  test("is not to be paid by them as well", async () => {
    await decideAs(toGrace);
    expect(under.payments.sessions.get("cs_test_grace")).toMatchObject({ status: "expired" });
  });

  test("takes neither the failure nor the decision along", async () => {
    under.stores.purchases.set(
      "user-ada/cs_test_1",
      settledPurchase({ needsAttention: "evt_1", failing: "evt_1" }),
    );
    await decideAs(toGrace);
    for (const field of ["needsAttention", "failing", "decision"])
      expect(under.purchase("user-grace")).not.toHaveProperty(field);
  });

  test("can be withdrawn from them, and does not come back when the first decision is carried out again", async () => {
    await decideAs(toGrace);
    await decideAs(wanted(), under.purchase("user-grace"));
    expect(under.enrolled()).toEqual([]);
    await carryOut(ada(), under.ports);
    expect(under.enrolled()).toEqual([]);
  });
});

test("a purchase that is waived stays as it is, and asks for nobody any more", async () => {
  await under.stores.noteRefund(ada(), { amount: 100, isFull: false, at: DAY_AFTER });
  await decideAs(wanted({ kind: "waived" }));
  expect(under.enrolled()).toEqual(["user-ada/TEST-COURSE-003"]);
  expect([...under.stores.openCheckouts.values()][0]).not.toHaveProperty("closedAt");
  await expect(collect(under.stores.listPurchasesAwaitingAttention(() => {}))).resolves.toEqual([]);
});

test("a letter that is closed ends a purchase that has brought no enrollment", async () => {
  under.stores.enrollments.clear();
  await expect(decideAs(wanted({ kind: "closed" }))).resolves.toMatchObject({ decision: { kind: "closed" } });
});

describe("what was decided", () => {
  test("can be decided again as it was, which carries it out again", async () => {
    const first = await decideAs(wanted());
    await under.stores.createEnrollment(paidEnrollment());
    await expect(decideAs(wanted({ reason: "again", by: "another" }))).resolves.toEqual(first);
    expect(under.enrolled()).toEqual([]);
  });

  test("by somebody else meanwhile stands, and nothing of ours is done", async () => {
    const asItWas = ada();
    await decideAs(wanted({ kind: "waived", by: "another" }));
    await expect(decideAs(wanted(), asItWas)).rejects.toThrow("Somebody else has decided meanwhile");
    expect(under.enrolled()).toEqual(["user-ada/TEST-COURSE-003"]);
  });
});

describe("a plan", () => {
  const plan = (decision: WantedDecision) => planDecision(ada(), decision, under.ports);

  test("says what would come of it and does nothing", async () => {
    const before = structuredClone([...under.stores.purchases, ...under.stores.enrollments]);
    const notRefunded = "Nothing was refunded: if $49.00 is to go back, refund pi_1 in Stripe's dashboard.";
    await expect(plan(wanted())).resolves.toEqual([
      "The enrollment of user-ada in TEST-COURSE-003 is taken back.",
      "The course can be bought again.",
      notRefunded,
    ]);
    under.stores.purchases.set(
      "user-ada/cs_test_1",
      settledPurchase({ settlement: paymentEvent({ amountTotal: 0, amountDiscount: 4900 }) }),
    );
    await expect(plan(wanted())).resolves.toContain("Nothing was charged, so there is nothing to refund.");
    under.stores.purchases.set("user-ada/cs_test_1", settledPurchase());
    await expect(plan(toGrace)).resolves.toEqual([
      "user-grace is enrolled in TEST-COURSE-003.",
      "The enrollment of user-ada is taken back.",
    ]);
    await expect(plan(wanted({ kind: "waived" }))).resolves.toEqual(["Everything stays as it is."]);
    under.stores.enrollments.clear();
    await expect(plan(wanted())).resolves.toContain(
      "user-ada has no enrollment in TEST-COURSE-003 by cs_test_1, and will get none.",
    );
    await expect(plan(wanted({ kind: "closed" }))).resolves.toEqual([
      "Nothing more is delivered for cs_test_1.",
      notRefunded,
    ]);
    expect([...under.stores.purchases, ...under.stores.enrollments]).toEqual(before.slice(0, 1));
  });

  test("says how much went back, as people read it", async () => {
    under.payments.findAmountRefunded = async () => 1000;
    await expect(plan(wanted())).resolves.toContain("$10.00 of $49.00 was refunded.");
  });

  test("is not what a decision waits for while the payment provider is away", async () => {
    under.payments.findAmountRefunded = () => Promise.reject(new Error("Stripe is away"));
    await expect(plan(wanted())).rejects.toThrow("Stripe is away");
    await expect(decideAs(wanted())).resolves.toMatchObject({ decision: { kind: "withdrawn" } });
  });
});
