import { describe, expect, test } from "vitest";
import { paymentEvent, student } from "#test/support/payment-events.ts";
import { decision, NOON, paidSession, settledPurchase } from "#test/support/purchases.ts";
import { ErasureRefused, erase, planErasure } from "#workflow/erase/erase.ts";
import { DAY_AFTER, giveToGrace, PSEUDONYM, signature, useErase } from "./use-erase.ts";

const under = useErase();
const ADA = student.userId;

const eraseAda = () => erase(ADA, signature, under.ports);
const textOf = async () => JSON.stringify(await under.scan());

describe("erasing", () => {
  test("leaves the person nowhere, and what was paid for under one random name", async () => {
    await giveToGrace(under);
    const { pseudonym } = await eraseAda();
    const text = await textOf();
    for (const word of [ADA, student.email, "Ada", "Lovelace", "cus_1"]) expect(text).not.toContain(word);
    expect(new Set(text.match(PSEUDONYM))).toEqual(new Set([pseudonym]));
    const kept = (await under.scan()).map(({ PK, SK }) => `${PK} ${SK}`);
    expect(kept).toEqual([
      expect.stringMatching(/^ERASURE#[0-9a-f]{64} METADATA$/),
      `USER#${pseudonym} ENROLLMENT#TEST-COURSE-003`,
      `USER#${pseudonym} PURCHASE#cs_test_1`,
      `USER#${pseudonym} PURCHASE#cs_test_moved`,
      "USER#user-grace ENROLLMENT#TEST-COURSE-002",
      "USER#user-grace PURCHASE#cs_test_moved",
    ]);
    expect(under.payments.payable()).toEqual([]);
  });

  test("keeps what accounting asks for, signed by who has erased", async () => {
    const { pseudonym } = await eraseAda();
    await expect(under.stores.purchases.findPurchase(pseudonym, "cs_test_1")).resolves.toEqual({
      ...settledPurchase(),
      userId: pseudonym,
      settlement: paymentEvent({ userId: pseudonym, clientReferenceId: pseudonym, customerId: null }),
      decision: { kind: "erased", ...signature, at: DAY_AFTER },
    });
    await expect(
      under.stores.enrollments.findEnrollment(pseudonym, "TEST-COURSE-003"),
    ).resolves.toMatchObject({
      userId: pseudonym,
      stripeSessionId: "cs_test_1",
      enrolledAt: NOON,
    });
  });

  test("keeps what only the payment provider knows to be settled, and what only the enrollment tells of", async () => {
    const unsettled = { settlement: undefined, settledSeenAt: undefined };
    await under.reset(unsettled);
    under.payments.sessions.set("cs_test_1", paidSession());
    const { pseudonym } = await eraseAda();
    await expect(under.stores.purchases.findPurchase(pseudonym, "cs_test_1")).resolves.toMatchObject({
      settlement: { paymentIntentId: "pi_1", userId: pseudonym },
    });
    await under.reset(unsettled);
    const other = await eraseAda();
    await expect(under.stores.purchases.findPurchase(other.pseudonym, "cs_test_1")).resolves.toMatchObject({
      unitAmount: 4900,
    });
  });

  test("keeps the place of whoever was given one, and says no more who has paid for it", async () => {
    await giveToGrace(under);
    const { pseudonym } = await eraseAda();
    await expect(under.stores.purchases.findPurchase("user-grace", "cs_test_moved")).resolves.toMatchObject({
      userId: "user-grace",
      settlement: { userId: pseudonym, customerId: null },
    });
    const given = await under.stores.purchases.findPurchase(pseudonym, "cs_test_moved");
    expect(given?.decision).toMatchObject({ kind: "transferred", to: "user-grace" });
    expect(given?.decision?.reason).not.toContain("Ada");
  });

  test("of whoever was given a place leaves a name in its stead with the giver", async () => {
    await giveToGrace(under);
    const { pseudonym } = await erase("user-grace", signature, under.ports);
    await expect(under.stores.purchases.findPurchase(ADA, "cs_test_moved")).resolves.toMatchObject({
      decision: { to: pseudonym },
    });
    expect(await textOf()).not.toContain("user-grace");
  });

  test("keeps what was decided before, but what was waived gives nothing more either", async () => {
    await under.reset({
      decision: decision({ kind: "waived" }),
      refunded: { amount: 1, isFull: false, at: NOON },
    });
    const { pseudonym } = await eraseAda();
    await expect(under.stores.purchases.findPurchase(pseudonym, "cs_test_1")).resolves.toMatchObject({
      decision: { kind: "erased" },
      refunded: { amount: 1 },
    });
  });

  test("shows what it would do, and does nothing before it is told to", async () => {
    const before = await under.scan();
    await expect(planErasure(ADA, signature, under.ports)).resolves.toEqual([
      "The form of cs_test_open is expired.",
      "What was paid for is kept under a random name, as accounting needs it: 2 records.",
      "What nobody paid for is deleted: 3 records.",
      "The student's record is deleted: e-mail, name and the link to Stripe's customer.",
    ]);
    expect(await under.scan()).toEqual(before);
    expect(under.payments.payable()).toEqual(["cs_test_open"]);
  });

  test("of whoever is erased already changes nothing", async () => {
    await eraseAda();
    const before = await under.scan();
    await expect(planErasure(ADA, signature, under.ports)).resolves.toEqual([]);
    await eraseAda();
    expect(await under.scan()).toEqual(before);
  });
});

describe("erasing is refused, and nothing changed,", () => {
  async function refusal(purchase: Parameters<typeof under.reset>[0], prepare: () => unknown = () => {}) {
    await under.reset(purchase);
    await prepare();
    const before = await under.scan();
    const refused = await eraseAda().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ErasureRefused);
    expect(await under.scan()).toEqual(before);
    return String(refused);
  }

  test.each([
    ["a purchase waits for a person", { needsAttention: "evt_1" }],
    ["an execution fails and is tried again", { failing: "evt_1" }],
    ["money went back and nobody has decided", { refunded: { amount: 1, isFull: false, at: NOON } }],
    ["a payment is disputed", { disputed: { status: "needs_response", at: NOON } }],
  ])("while %s", async (_why, purchase) => {
    expect(await refusal(purchase)).toContain("cs_test_1 waits for a person: npm run find -- cs_test_1.");
  });

  test("while a decision is not carried out", async () => {
    expect(await refusal({ decision: decision() })).toContain("npm run reconcile -- --repair");
  });

  test("while what was paid for is not enrolled", async () => {
    const said = await refusal({}, () =>
      under.stores.enrollments.deleteEnrollment(ADA, "TEST-COURSE-003", "cs_test_1"),
    );
    expect(said).toContain("cs_test_1 is paid and not enrolled yet");
  });

  test("while a bank is still working", async () => {
    const said = await refusal({}, () => under.payments.change("cs_test_open", { status: "complete" }));
    expect(said).toContain("cs_test_open is being paid");
  });

  test("while a dead letter tells of them", async () => {
    const letter = { messageId: "m", receiptHandle: "r", sentAt: NOON, cause: "", error: "CourseNotFound" };
    const said = await refusal({}, () => under.letters.push({ ...letter, checkoutSessionId: "cs_test_1" }));
    expect(said).toContain("A dead letter tells of cs_test_1 (CourseNotFound)");
  });

  test("when the form is paid in the very moment in which it is to be expired", async () => {
    const said = await refusal({}, () => {
      under.payments.expireCheckout = async (id) => under.payments.change(id, { status: "complete" });
    });
    expect(said).toContain("cs_test_open was paid just now");
  });

  test("when its reason names the person", async () => {
    await expect(
      erase(ADA, { by: "operator", reason: "Mrs LOVELACE has asked for it" }, under.ports),
    ).rejects.toThrow("does not name the person");
  });
});
