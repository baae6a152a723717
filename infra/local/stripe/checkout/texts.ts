/** Texts that Stripe reads, and what it says to those that are not what they should be. */
import * as z from "zod";
import { invalidRequest } from "../errors.ts";

const email = z.email();

/**
 * Nothing and an empty text are no e-mail, which is allowed.
 * @throws StripeApiError 400 `email_invalid`
 */
export function checkEmail(text: string | null | undefined, param: string): void {
  if (!text || email.safeParse(text).success) return;
  throw invalidRequest(`Invalid email address: ${text}`, { code: "email_invalid", param });
}

/** @throws StripeApiError 400 */
export function checkLength(text: string | undefined, longest: number, param: string): void {
  if (text === undefined || text.length <= longest) return;
  const excerpt = `${text.slice(0, 3)}...${text.slice(-3)}`;
  throw invalidRequest(`Invalid string: ${excerpt}; must be at most ${longest} characters`, { param });
}
