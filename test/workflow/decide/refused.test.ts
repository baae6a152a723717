import { afterEach, expect, test } from "vitest";
import { decision, paidEnrollment, settledPurchase } from "#test/support/purchases.ts";
import { decide, planDecision, type WantedDecision } from "#workflow/decide/decide.ts";
import type { Purchase } from "#workflow/purchase.ts";
import { toGrace, useDecide, wanted } from "./use-decide.ts";

const under = useDecide();
let before: unknown;
const everything = () => [
  ...under.stores.purchases,
  ...under.stores.enrollments,
  ...under.stores.openCheckouts,
];

async function expectRefused(wantedDecision: WantedDecision, why: string) {
  before = structuredClone(everything());
  const purchase = under.purchase() as Purchase;
  const refused = { name: "DecisionRefused", message: expect.stringContaining(why) as string };
  await expect(planDecision(purchase, wantedDecision, under.ports)).rejects.toMatchObject(refused);
  await expect(decide(purchase, wantedDecision, under.ports)).rejects.toMatchObject(refused);
}

afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect -- of every test of this file
  expect(everything()).toEqual(before);
});

test.each(["withdrawn", "waived", "closed"] as const)(
  "what was %s cannot be decided otherwise, and it is said by whom",
  async (kind) => {
    under.stores.purchases.set("user-ada/cs_test_1", settledPurchase({ decision: decision({ kind }) }));
    await expectRefused(
      toGrace,
      `It has been decided already: ${kind} by operator at 2026-11-23T12:00:00.000Z.`,
    );
  },
);

test("what was given to one student cannot be given to another", async () => {
  const given = decision({ kind: "transferred", to: "user-alan" });
  under.stores.purchases.set("user-ada/cs_test_1", settledPurchase({ decision: given }));
  await expectRefused(toGrace, "decided already");
});

test("a letter is not closed over an enrollment that stands", () =>
  expectRefused(wanted({ kind: "closed" }), "withdraw it instead"));

test("what is not paid cannot be moved", async () => {
  const { settlement: _none, ...unpaid } = settledPurchase();
  under.stores.purchases.set("user-ada/cs_test_1", unpaid);
  await expectRefused(toGrace, "is not paid");
});

test.each([undefined, "user-ada"])("nothing is moved to %s", async (to) => {
  await expectRefused({ ...toGrace, to }, "Name another student");
});

test("nothing is moved to a student who does not exist", () =>
  expectRefused({ ...toGrace, to: "user-x" }, "There is no student user-x."));

test("nothing is moved to a student who has the course by another way", async () => {
  await under.stores.createEnrollment(paidEnrollment({ userId: "user-grace", stripeSessionId: "cs_test_0" }));
  await expectRefused(toGrace, "user-grace has course TEST-COURSE-003 already.");
});

test("nothing is moved back to a student from whom it came", async () => {
  const theirs = settledPurchase({
    userId: "user-grace",
    decision: decision({ kind: "transferred", to: "user-ada" }),
  });
  await under.stores.openPurchase(theirs);
  await expectRefused(toGrace, "About user-grace and cs_test_1 it has been decided already.");
});

test("nothing is decided about a purchase that nobody has stored", async () => {
  const stored = under.purchase() as Purchase;
  under.stores.purchases.clear();
  before = structuredClone(everything());
  await expect(decide(stored, wanted(), under.ports)).rejects.toMatchObject({ name: "DecisionRefused" });
});
