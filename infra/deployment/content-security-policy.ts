/** The Content-Security-Policy under which the client is served, on AWS and locally alike. */

interface PolicyOrigins {
  /** Origins of whatever plays Stripe; undefined: Stripe itself. */
  stripe?: readonly string[];
  /** Where the OIDC issuer is discovered and where it gives tokens. */
  issuer: readonly string[];
}

/** Stripe's own, as its security guide lists them for Stripe.js and embedded Checkout. */
const STRIPE = {
  scripts: ["https://js.stripe.com", "https://*.js.stripe.com"],
  frames: [
    "https://js.stripe.com",
    "https://*.js.stripe.com",
    "https://hooks.stripe.com",
    "https://checkout.stripe.com",
  ],
  connections: ["https://api.stripe.com", "https://checkout.stripe.com"],
  images: ["https://*.stripe.com"],
};

export function contentSecurityPolicy({ stripe, issuer }: PolicyOrigins): string {
  const { scripts, frames, connections, images } = stripe
    ? { scripts: stripe, frames: stripe, connections: stripe, images: stripe }
    : STRIPE;
  const directives = {
    "default-src": ["'self'"],
    "script-src": ["'self'", ...scripts],
    "style-src": ["'self'"],
    // Stripe.js sizes its frames with style attributes. They cannot run anything; style elements stay forbidden.
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", ...images],
    "connect-src": ["'self'", ...connections, ...issuer],
    "frame-src": [...frames],
    "form-action": ["'self'", ...issuer],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}
