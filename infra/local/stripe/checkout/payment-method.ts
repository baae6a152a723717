/** Reads what the student typed into the form, and refuses at once what no bank need be asked about. */
import * as z from "zod";
import { invalidRequest, StripeApiError } from "../errors.ts";
import { type CardOutcome, NOT_A_TEST_CARD, TEST_CARDS, TEST_IBANS, type TestIban } from "./test-numbers.ts";

export const paymentMethodSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("card"),
    number: z.string(),
    /** `12/34` */
    expiry: z.string(),
    cvc: z.string(),
    name: z.string().optional(),
  }),
  z.object({ type: z.literal("sepa_debit"), iban: z.string(), name: z.string().optional() }),
]);
type PaymentMethodInput = z.infer<typeof paymentMethodSchema>;

export type PaymentMethodUse =
  | {
      type: "card";
      brand: string;
      last4: string;
      expMonth: number;
      expYear: number;
      name: string | null;
      outcome: CardOutcome;
    }
  | {
      type: "sepa_debit";
      iban: string;
      last4: string;
      name: string | null;
      settlement: TestIban["settlement"];
    };

/** @throws StripeApiError 402 for a card, 400 for an IBAN */
export function readPaymentMethod(input: PaymentMethodInput, now: Date): PaymentMethodUse {
  const name = input.name?.trim() || null;
  if (input.type === "sepa_debit") return { type: "sepa_debit", name, ...readIban(input.iban) };

  const number = input.number.replaceAll(/[\s-]/g, "");
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) {
    throw cardError("incorrect_number", "Your card number is incorrect.", "number");
  }
  const testCard = TEST_CARDS.find((card) => card.number === number);
  const { expMonth, expYear } = readExpiry(input.expiry, now);
  const cvcLength = testCard?.brand === "amex" ? 4 : 3;
  if (!new RegExp(`^\\d{${cvcLength}}$`).test(input.cvc.trim())) {
    throw cardError("invalid_cvc", "Your card's security code is invalid.", "cvc");
  }
  return {
    type: "card",
    brand: testCard?.brand ?? "unknown",
    last4: number.slice(-4),
    expMonth,
    expYear,
    name,
    outcome: testCard?.outcome ?? NOT_A_TEST_CARD,
  };
}

function readIban(text: string): Pick<TestIban, "iban" | "settlement"> & { last4: string } {
  const iban = text.replaceAll(/\s/g, "").toUpperCase();
  const known = TEST_IBANS.find((testIban) => testIban.iban === iban);
  if (!known) {
    throw invalidRequest("The IBAN you provided is invalid. Use one of the test IBANs.", {
      code: "invalid_bank_account_iban",
      param: "sepa_debit[iban]",
    });
  }
  return { iban, settlement: known.settlement, last4: iban.slice(-4) };
}

function readExpiry(text: string, now: Date): { expMonth: number; expYear: number } {
  const [, month, year] = /^\s*(\d{1,2})\s*\/\s*(\d{2}|\d{4})\s*$/.exec(text) ?? [];
  const expMonth = Number(month);
  if (!month || expMonth < 1 || expMonth > 12) {
    throw cardError("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
  }
  const expYear = Number(year) < 100 ? 2000 + Number(year) : Number(year);
  if (expYear * 12 + expMonth < now.getFullYear() * 12 + now.getMonth() + 1) {
    throw cardError("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year");
  }
  return { expMonth, expYear };
}

function passesLuhn(number: string): boolean {
  const sum = Array.from(number)
    .toReversed()
    .reduce((total, character, index) => {
      const digit = Number(character) * (index % 2 === 0 ? 1 : 2);
      return total + (digit > 9 ? digit - 9 : digit);
    }, 0);
  return sum % 10 === 0;
}

function cardError(code: string, message: string, param: string): StripeApiError {
  return new StripeApiError(402, { type: "card_error", code, message, param });
}
