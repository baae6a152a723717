import { expect, test } from "vitest";
import { contentSecurityPolicy, REPORTING_ENDPOINTS } from "#infra/deployment/content-security-policy.ts";

function directives(policy: string): Record<string, string[]> {
  return Object.fromEntries(
    policy.split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources];
    }),
  );
}

const issuer = ["https://issuer.example"];

test("the policy allows Stripe what its guide asks for", () => {
  expect(directives(contentSecurityPolicy({ issuer }))).toMatchObject({
    "script-src": ["'self'", "https://js.stripe.com", "https://*.js.stripe.com"],
    "frame-src": [
      "https://js.stripe.com",
      "https://*.js.stripe.com",
      "https://hooks.stripe.com",
      "https://checkout.stripe.com",
    ],
    "connect-src": [
      "'self'",
      "https://api.stripe.com",
      "https://checkout.stripe.com",
      "https://issuer.example",
    ],
    "img-src": ["'self'", "data:", "https://*.stripe.com"],
  });
});

test("the policy forbids inline code, plug-ins, other people's frames and another base", () => {
  const policy = directives(contentSecurityPolicy({ issuer }));
  expect(policy).toMatchObject({
    "default-src": ["'self'"],
    "style-src": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "form-action": ["'self'", "https://issuer.example"],
  });
  expect(policy["script-src"]?.join(" ")).not.toMatch(/unsafe|\*$|data:/);
});

test("what the policy forbids is told to the API; over http in the one way that every browser delivers there", () => {
  expect(directives(contentSecurityPolicy({ issuer }))).toMatchObject({
    "report-uri": ["/api/csp-reports"],
    "report-to": ["csp"],
  });
  expect(REPORTING_ENDPOINTS).toBe('csp="/api/csp-reports"');
  const overHttp = directives(contentSecurityPolicy({ issuer, isHttps: false }));
  expect(overHttp).toMatchObject({ "report-uri": ["/api/csp-reports"] });
  expect(overHttp).not.toHaveProperty("report-to");
});

test("where a stand-in plays Stripe, Stripe itself is not allowed", () => {
  const policy = contentSecurityPolicy({ issuer, stripe: ["http://localhost:12111"] });
  expect(policy).not.toContain("stripe.com");
  for (const name of ["script-src", "frame-src", "connect-src", "img-src"]) {
    expect(directives(policy)[name]).toContain("http://localhost:12111");
  }
});

test("of what is inline the policy allows what bears its nonce, where there is one", () => {
  const { "script-src": scripts, "style-src": styles } = directives(
    contentSecurityPolicy({ issuer, nonce: "of-this-start" }),
  );
  expect(scripts).toContain("'nonce-of-this-start'");
  expect(styles).toEqual(["'self'", "'nonce-of-this-start'"]);
  expect(contentSecurityPolicy({ issuer })).not.toContain("nonce");
});
