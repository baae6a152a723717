/** The checker is shown what a killed process leaves: a table and letters, and no stream. */
import { expect, test } from "vitest";
import { drawPurchase } from "../kill/purchases.ts";
import { createRandom } from "../simulation/random.ts";
import { checkStores } from "./check-stores.ts";
import { NOTHING_KNOWN, type SessionAtStripe } from "./final-stores.ts";

const first = { ...drawPurchase(0, createRandom(1), undefined).session, payment_status: "paid" };
const second: SessionAtStripe = { ...first, id: "cs_test_second", payment_intent: "pi_second" };
const { userId, courseId } = first.metadata as { userId: string; courseId: string };

const enrollment = {
  PK: `USER#${userId}`,
  SK: `ENROLLMENT#${courseId}`,
  userId,
  courseId,
  stripeSessionId: first.id,
  stripePaymentIntentId: first.payment_intent,
};

function whatIsWrong(cause: string) {
  const letter = { error: "DoublePayment", checkoutSessionId: second.id, cause };
  const deadLetters = [JSON.stringify(letter)];
  return checkStores({
    ...NOTHING_KNOWN,
    items: [enrollment],
    sessions: [first, second],
    deadLetters,
    deadLettersEver: deadLetters,
  });
}

test("a letter about a second payment that names both is as it should be", () => {
  expect(whatIsWrong(`paid by ${first.id} (${first.payment_intent}), again by pi_second`)).toEqual([]);
});

test.each([
  ["the first payment", `paid by ${first.id}, again by pi_second`],
  ["the second", `paid by ${first.id} (${first.payment_intent})`],
])("a letter that leaves out %s breaks promise 4", (_which, cause) => {
  expect(whatIsWrong(cause)).toEqual([
    { promise: 4, what: "the dead letter of cs_test_second does not name both payments" },
  ]);
});
