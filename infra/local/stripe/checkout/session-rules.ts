/** The rules of creating a checkout session that the SDK's types do not hold. */
import type Stripe from "stripe";
import { invalidRequest } from "../errors.ts";
import { cleanMetadata } from "../metadata.ts";
import { checkEmail } from "./texts.ts";

type Parameters = Stripe.Checkout.SessionCreateParams;

const SHORTEST_SECONDS = 30 * 60;
const LONGEST_SECONDS = 24 * 60 * 60;

/** Each changes what is charged or how, so accepting it silently would be a lie. */
const BEYOND_THE_STAND_IN = [
  "currency",
  "custom_fields",
  "customer_account",
  "discounts",
  "optional_items",
  "setup_intent_data",
  "shipping_address_collection",
  "shipping_options",
  "subscription_data",
] as const satisfies (keyof Parameters)[];

const EXCLUSIVE = [
  ["customer", "customer_creation"],
  ["customer", "customer_email"],
] as const satisfies [keyof Parameters, keyof Parameters][];

/** @throws StripeApiError 400 */
export function checkSessionRules(parameters: Parameters, now: number): void {
  checkSupported(parameters);
  checkPage(parameters);
  for (const pair of EXCLUSIVE) {
    if (pair.every((name) => parameters[name] !== undefined)) {
      throw invalidRequest(`You may only specify one of these parameters: ${pair.join(", ")}.`, {
        param: pair[1],
      });
    }
  }
  if (!parameters.line_items?.length) throw missing("line_items");
  checkEmail(parameters.customer_email, "customer_email");
  checkEmail(parameters.payment_intent_data?.receipt_email, "payment_intent_data[receipt_email]");
  cleanMetadata(parameters.payment_intent_data?.metadata);
  if (parameters.expires_at !== undefined) checkExpiry(parameters.expires_at, now);
}

function checkSupported(parameters: Parameters): void {
  if (!parameters.mode) throw missing("mode");
  if (parameters.mode !== "payment") {
    throw invalidRequest(`Stripe's stand-in only does mode \`payment\`, not \`${parameters.mode}\`.`, {
      param: "mode",
    });
  }
  if (parameters.ui_mode !== "embedded_page") {
    const mode = parameters.ui_mode ?? "hosted_page";
    throw invalidRequest(`Stripe's stand-in only does ui_mode \`embedded_page\`, not \`${mode}\`.`, {
      param: "ui_mode",
    });
  }
  const beyond = BEYOND_THE_STAND_IN.find((name) => isAskedFor(parameters[name]));
  if (beyond) throw invalidRequest(`Stripe's stand-in does not do \`${beyond}\`.`, { param: beyond });
}

function isAskedFor(value: unknown): boolean {
  const switchedOff = typeof value === "object" && value !== null && "enabled" in value && !value.enabled;
  return value !== undefined && value !== false && !switchedOff;
}

function checkPage(parameters: Parameters): void {
  for (const param of ["success_url", "cancel_url"] as const) {
    if (parameters[param] === undefined) continue;
    throw invalidRequest(`You cannot set \`${param}\` if \`ui_mode\` is \`embedded_page\`.`, { param });
  }
  const returns = parameters.redirect_on_completion !== "never";
  if (returns && !parameters.return_url) throw missing("return_url");
  if (!returns && parameters.return_url) {
    throw invalidRequest("You cannot set `return_url` if `redirect_on_completion` is `never`.", {
      param: "return_url",
    });
  }
  if (parameters.return_url && !URL.canParse(parameters.return_url)) {
    throw invalidRequest("Not a valid URL", { code: "url_invalid", param: "return_url" });
  }
}

function checkExpiry(expiresAt: number, now: number): void {
  const seconds = expiresAt - now;
  if (seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS) return;
  const bound = seconds < SHORTEST_SECONDS ? "at least 30 minutes" : "less than 24 hours";
  throw invalidRequest(`The \`expires_at\` timestamp must be ${bound} from Checkout Session creation.`, {
    param: "expires_at",
  });
}

function missing(param: string) {
  return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}
