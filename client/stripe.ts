/** Loads Stripe.js, for the checkout page alone, and keeps its embedded form to one at a time. */
import type { Stripe, StripeEmbeddedCheckout, StripeEmbeddedCheckoutOptions } from "@stripe/stripe-js";
import { loadStripe } from "@stripe/stripe-js/pure";
import { once } from "./once.ts";

/**
 * @param stripeJsUrl undefined: Stripe's own
 * @throws when Stripe.js cannot be loaded; the next call tries again
 */
export const loadCheckoutForm = (publishableKey: string, stripeJsUrl: string | undefined) => {
  load ??= once(async () => {
    // `loadStripe` takes what is there already.
    if (stripeJsUrl) await loadScript(stripeJsUrl);
    const stripe = await loadStripe(publishableKey);
    if (!stripe) throw new Error("Stripe.js was loaded but offers nothing");
    return allowOneCheckout(stripe);
  });
  return load();
};
let load: (() => Promise<Stripe>) | undefined;

function loadScript(src: string): Promise<void> {
  const script = Object.assign(document.createElement("script"), { src });
  return new Promise((resolve, reject) => {
    script.addEventListener("load", () => resolve());
    script.addEventListener("error", () => {
      script.remove();
      reject(new Error("Stripe.js could not be loaded"));
    });
    document.head.append(script);
  });
}

/**
 * Stripe.js allows one embedded form on a page, and EmbeddedCheckoutProvider forgets a form that is left before it is
 * ready (react-stripe-js issue 703), after which none can be shown. So the next form waits for the one before it and
 * destroys it first.
 */
function allowOneCheckout(stripe: Stripe): Stripe {
  let previous: Promise<{ destroy(): void }> | undefined;

  const createEmbeddedCheckoutPage = (options: StripeEmbeddedCheckoutOptions) => {
    const before = previous;
    const next = (async () => {
      (await before?.catch(() => undefined))?.destroy();
      return destroyOnce(await stripe.createEmbeddedCheckoutPage(options));
    })();
    previous = next;
    return next;
  };
  return Object.assign(Object.create(stripe) as Stripe, { createEmbeddedCheckoutPage });
}

/** Tells of a form that could not be made; the provider itself would leave an empty place and an unhandled rejection. */
export function reportFailure(stripe: Stripe, onFailure: () => void): Stripe {
  const createEmbeddedCheckoutPage = (options: StripeEmbeddedCheckoutOptions) =>
    stripe.createEmbeddedCheckoutPage(options).catch(() => {
      onFailure();
      return new Promise<never>(() => {});
    });
  return Object.assign(Object.create(stripe) as Stripe, { createEmbeddedCheckoutPage });
}

function destroyOnce(checkout: StripeEmbeddedCheckout): StripeEmbeddedCheckout {
  let isDestroyed = false;
  return {
    mount: (location) => checkout.mount(location),
    unmount: () => checkout.unmount(),
    destroy: () => {
      if (!isDestroyed) checkout.destroy();
      isDestroyed = true;
    },
  };
}
