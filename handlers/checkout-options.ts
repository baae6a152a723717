/** What a checkout has beside a course and its price. Each deployment chooses; nothing of it unless told. */
import * as z from "zod/mini";

export const SWITCH = ["on", "off"] as const;
export const TAX_CHOICES = ["off", "exclusive", "inclusive"] as const;

const isOn = z.optional(z.enum(SWITCH));

/** Of the API, whose checkouts they are. */
export const checkoutSettings = {
  /** Students may enter promotion codes, which those who sell make at Stripe. */
  CHECKOUT_PROMOTION_CODES: isOn,
  /** Stripe reckons the tax of the student's country: on top of the course's price, or as part of it. */
  CHECKOUT_TAX: z.optional(z.enum(TAX_CHOICES)),
  /** Companies may enter their tax id. */
  CHECKOUT_TAX_IDS: isOn,
  /** Stripe writes an invoice for each purchase. */
  CHECKOUT_INVOICES: isOn,
  /** Students agree to the terms whose address the Stripe account has. */
  CHECKOUT_TERMS: isOn,
};

const settingsSchema = z.object(checkoutSettings);
export type CheckoutSettings = z.infer<typeof settingsSchema>;

export interface CheckoutOptions {
  promotionCodes: boolean;
  tax: (typeof TAX_CHOICES)[number];
  taxIds: boolean;
  invoices: boolean;
  terms: boolean;
}

export function checkoutOptionsOf(settings: CheckoutSettings): CheckoutOptions {
  return {
    promotionCodes: settings.CHECKOUT_PROMOTION_CODES === "on",
    tax: settings.CHECKOUT_TAX ?? "off",
    taxIds: settings.CHECKOUT_TAX_IDS === "on",
    invoices: settings.CHECKOUT_INVOICES === "on",
    terms: settings.CHECKOUT_TERMS === "on",
  };
}
