/** The languages that Stripe's form speaks, and which of them is a student's. */
import type { Stripe } from "stripe";

type Locale = NonNullable<Stripe.Checkout.SessionCreateParams["locale"]>;

/** Source: docs.stripe.com/api/checkout/sessions/create#create_checkout_session-locale */
const SPOKEN = (
  "bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk " +
  "sl sv th tr vi zh zh-HK zh-TW"
).split(" ");

/** @returns `auto`, the browser's own, for a tag that Stripe does not speak or that is none */
export function spokenLocale(tag: string): Locale {
  const wanted = tag.toLowerCase();
  const [language = ""] = wanted.split("-");
  const find = (name: string) => SPOKEN.find((spoken) => spoken.toLowerCase() === name);
  return find(wanted) ?? find(language) ?? "auto";
}
