/** Stripe's test numbers and what each stands for: https://docs.stripe.com/testing */

/** Why a payment was refused, in Stripe's codes and words. */
export interface Decline {
  code: string;
  declineCode?: string;
  message: string;
}

export type CardOutcome =
  | { kind: "paid" }
  | { kind: "declined"; decline: Decline }
  | { kind: "authenticate"; afterwards: { kind: "paid" } | { kind: "declined"; decline: Decline } };

interface TestCard {
  number: string;
  brand: string;
  outcome: CardOutcome;
  /** What the form's list of test numbers calls it; cards without one are honoured but not listed. */
  label?: string;
}

export interface TestIban {
  iban: string;
  label: string;
  /** What the bank says in the end. */
  settlement: "succeeded" | "failed";
}

/** The cards that a purchase is tried with, by what becomes of it. */
export const CARDS = {
  good: "4242424242424242",
  declined: "4000000000000002",
  insufficientFunds: "4000000000009995",
  authenticated: "4000000000003220",
  authenticatedThenDeclined: "4000008400001629",
};

export const IBANS = { paying: "DE89370400440532013000", failing: "DE62370400440532013001" };

/** In groups of four, as it is printed on a card. */
export const inGroups = (number: string) => number.replaceAll(/(\w{4})(?=\w)/g, "$1 ");

const paid: CardOutcome = { kind: "paid" };
const declined = (code: string, message: string, declineCode?: string) => ({
  kind: "declined" as const,
  decline: { code, message, ...(declineCode && { declineCode }) },
});
const refused = (declineCode: string) => declined("card_declined", "Your card was declined.", declineCode);

export const TEST_CARDS: TestCard[] = [
  { number: CARDS.good, brand: "visa", outcome: paid, label: "Succeeds" },
  {
    number: CARDS.authenticated,
    brand: "visa",
    outcome: { kind: "authenticate", afterwards: paid },
    label: "3-D Secure, then succeeds",
  },
  {
    number: CARDS.authenticatedThenDeclined,
    brand: "visa",
    outcome: { kind: "authenticate", afterwards: refused("generic_decline") },
    label: "3-D Secure, then declined",
  },
  { number: CARDS.declined, brand: "visa", outcome: refused("generic_decline"), label: "Declined" },
  {
    number: CARDS.insufficientFunds,
    brand: "visa",
    outcome: declined("card_declined", "Your card has insufficient funds.", "insufficient_funds"),
    label: "Insufficient funds",
  },
  { number: "4000000000009987", brand: "visa", outcome: refused("lost_card"), label: "Lost card" },
  { number: "4000000000009979", brand: "visa", outcome: refused("stolen_card"), label: "Stolen card" },
  {
    number: "4000000000000069",
    brand: "visa",
    outcome: declined("expired_card", "Your card has expired."),
    label: "Expired card",
  },
  {
    number: "4000000000000127",
    brand: "visa",
    outcome: declined("incorrect_cvc", "Your card's security code is incorrect."),
    label: "Wrong security code",
  },
  {
    number: "4000000000000119",
    brand: "visa",
    outcome: declined(
      "processing_error",
      "An error occurred while processing your card. Try again in a little bit.",
    ),
    label: "Processing error",
  },
  { number: "4000056655665556", brand: "visa", outcome: paid },
  { number: "5555555555554444", brand: "mastercard", outcome: paid },
  { number: "378282246310005", brand: "amex", outcome: paid },
];

/** Stripe's test mode refuses numbers that could be somebody's. */
export const NOT_A_TEST_CARD = declined(
  "card_declined",
  "Your card was declined. Your request was in test mode, but used a non test card. " +
    "For a list of valid test cards, visit: https://stripe.com/docs/testing.",
  "test_mode_live_card",
);

export const AUTHENTICATION_FAILURE: Decline = {
  code: "payment_intent_authentication_failure",
  message:
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
};

export const BANK_REFUSAL: Decline = {
  code: "payment_intent_payment_attempt_failed",
  message: "The payment attempt failed because the customer's bank refused the debit.",
};

export const TEST_IBANS: TestIban[] = [
  { iban: IBANS.paying, label: "Processing, then paid", settlement: "succeeded" },
  { iban: IBANS.failing, label: "Processing, then fails", settlement: "failed" },
];
