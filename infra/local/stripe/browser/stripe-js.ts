/** Stripe.js as far as Embedded Checkout goes. Defines `window.Stripe`. */
import type { StripeEmbeddedCheckout, StripeEmbeddedCheckoutOptions } from "@stripe/stripe-js";
import type { FormMessage } from "./messages.ts";

const origin = new URL((document.currentScript as HTMLScriptElement).src).origin;

/** Stripe.js lets one Embedded Checkout exist at a time, from the call that creates it until it is destroyed. */
let existing: object | undefined;

function Stripe(publishableKey: string) {
  if (!publishableKey) {
    throw new Error("Please call Stripe() with your publishable key. You used an empty string.");
  }
  if (!publishableKey.startsWith("pk_")) {
    throw new Error(
      "You should not use your secret key with Stripe.js. Please pass a publishable key instead.",
    );
  }
  return {
    createEmbeddedCheckoutPage: (options: StripeEmbeddedCheckoutOptions) =>
      createEmbeddedCheckoutPage(publishableKey, options),
    elements: notDone("elements"),
    createToken: notDone("createToken"),
    createPaymentMethod: notDone("createPaymentMethod"),
    confirmCardPayment: notDone("confirmCardPayment"),
  };
}

async function createEmbeddedCheckoutPage(
  publishableKey: string,
  options: StripeEmbeddedCheckoutOptions,
): Promise<StripeEmbeddedCheckout> {
  if (existing) throw new Error("You cannot have multiple Embedded Checkout objects.");
  const token = {};
  existing = token;
  try {
    const clientSecret = options.clientSecret ?? (await options.fetchClientSecret?.());
    if (!clientSecret) {
      throw new Error(
        "createEmbeddedCheckoutPage needs a `clientSecret`, or a `fetchClientSecret` that returns one.",
      );
    }
    await requireUsable(publishableKey, clientSecret);
    return createPage(clientSecret, options.onComplete, () => {
      if (existing === token) existing = undefined;
    });
  } catch (error) {
    existing = undefined;
    throw error;
  }
}

async function requireUsable(publishableKey: string, clientSecret: string): Promise<void> {
  const id = clientSecret.split("_secret_")[0] ?? "";
  const query = new URLSearchParams({ key: publishableKey, clientSecret });
  const response = await fetch(`${origin}/checkout/sessions/${encodeURIComponent(id)}?${query}`);
  if (response.ok) return;
  const { error } = (await response.json()) as { error: { message: string } };
  throw new Error(error.message);
}

function createPage(
  clientSecret: string,
  onComplete: (() => void) | undefined,
  onDestroy: () => void,
): StripeEmbeddedCheckout {
  const frame = document.createElement("iframe");
  frame.src = `${origin}/checkout/${encodeURIComponent(clientSecret)}`;
  frame.title = "Payment";
  frame.name = "embedded-checkout";
  frame.style.cssText = "display:block;width:100%;height:640px;border:0";
  let destroyed = false;

  function receive(event: MessageEvent<FormMessage>): void {
    if (event.origin !== origin || event.source !== frame.contentWindow) return;
    if (event.data.from !== "stripe-stand-in") return;
    if (event.data.type === "height") frame.style.height = `${event.data.height}px`;
    else if (event.data.returnUrl) window.location.assign(event.data.returnUrl);
    else onComplete?.();
  }

  function unmount(): void {
    window.removeEventListener("message", receive);
    frame.remove();
  }

  return {
    mount(location) {
      if (destroyed) throw new Error("This Embedded Checkout is destroyed. Create a new one.");
      const element = typeof location === "string" ? document.querySelector(location) : location;
      if (!element)
        throw new Error(`Embedded Checkout cannot be mounted: nothing matches ${location as string}.`);
      window.addEventListener("message", receive);
      element.append(frame);
    },
    unmount() {
      if (destroyed) throw new Error("This Embedded Checkout is destroyed.");
      unmount();
    },
    destroy() {
      destroyed = true;
      unmount();
      onDestroy();
    },
  };
}

function notDone(name: string) {
  return () => {
    throw new Error(`Stripe's stand-in only does Embedded Checkout, not stripe.${name}().`);
  };
}

Object.assign(window, { Stripe: Object.assign(Stripe, { version: "endive" }) });
