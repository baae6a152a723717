/** The Content-Security-Policy under which the client is served, on AWS and locally alike, and where its violations are told. */
import type { ROUTES } from "#workflow/contract.ts";

interface PolicyOrigins {
  /** Origins of whatever plays Stripe; undefined: Stripe itself. */
  stripe?: readonly string[];
  /** Where the OIDC issuer is discovered and where it gives tokens. */
  issuer: readonly string[];
  /** Where pictures are beside this site: the seller's logo. */
  images?: readonly string[];
  /**
   * False: the page is served over http, where a browser that knows `report-to` would neither deliver by it nor look at
   * `report-uri` beside it.
   */
  isHttps?: boolean;
  /** Of the scripts and styles that a page may have inline; none unless given. */
  nonce?: string | undefined;
}

const REPORTS_PATH = "/api/csp-reports" satisfies (typeof ROUTES)[number]["path"];

/** The header `Reporting-Endpoints`, which says where `report-to` leads. */
export const REPORTING_ENDPOINTS = `csp="${REPORTS_PATH}"`;

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

export function contentSecurityPolicy({
  stripe,
  issuer,
  images: own = [],
  isHttps = true,
  nonce,
}: PolicyOrigins): string {
  const { scripts, frames, connections, images } = stripe
    ? { scripts: stripe, frames: stripe, connections: stripe, images: stripe }
    : STRIPE;
  const inline = nonce ? [`'nonce-${nonce}'`] : [];
  const directives = {
    "default-src": ["'self'"],
    "script-src": ["'self'", ...scripts, ...inline],
    "style-src": ["'self'", ...inline],
    // Stripe.js sizes its frames with style attributes. They cannot run anything; style elements stay forbidden.
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", ...images, ...own],
    "connect-src": ["'self'", ...connections, ...issuer],
    "frame-src": [...frames],
    "form-action": ["'self'", ...issuer],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    // Firefox and Safari know this one only.
    "report-uri": [REPORTS_PATH],
    ...(isHttps && { "report-to": ["csp"] }),
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}
