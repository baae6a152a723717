/** Holes in how a delivery is told from a forgery. */
import type { Attack, Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/attacks/webhook.test.ts", title });

const VERIFICATION = "webhooks.constructEvent(rawBody, signature, secret)";
const JUST_PARSED = "(JSON.parse(String(rawBody)) as Stripe.Event)";

const verifying = (attack: Attack, hole: string, by: string, title: string): Hole => ({
  attack,
  hole,
  file: "handlers/adapters/stripe/webhook-events.ts",
  replace: VERIFICATION,
  by,
  test: test(title),
});

const verifyingBody = (attack: Attack, hole: string, body: string, title: string) =>
  verifying(
    attack,
    hole,
    VERIFICATION.replace("rawBody", () => body),
    title,
  );

const verifyingHeader = (attack: Attack, hole: string, header: string, title: string) =>
  verifying(
    attack,
    hole,
    VERIFICATION.replace("signature", () => header),
    title,
  );

export const WEBHOOK_HOLES: Hole[] = [
  verifying("webhook: forged", "no signature is checked", JUST_PARSED, "with a made-up signature is refused"),
  {
    attack: "webhook: forged",
    hole: "a delivery without a signature is believed",
    file: "handlers/adapters/stripe/webhook-events.ts",
    replace: 'throw new WebhookRefused("signature", "the Stripe-Signature header is missing")',
    by: "return eventToPaymentEvent(JSON.parse(String(rawBody)))",
    test: test("without a signature is refused"),
  },
  verifyingBody(
    "webhook: truncated",
    "the body's end is mended first",
    'String(rawBody).replace(/\\}*$/, "}}}")',
    "truncated is refused",
  ),
  verifyingBody(
    "webhook: re-encoded",
    "the body is parsed and written anew first",
    "JSON.stringify(JSON.parse(String(rawBody)))",
    "(written anew with other spaces|with a key written twice) is refused",
  ),
  verifyingBody(
    "webhook: re-encoded",
    "the body is trimmed first",
    "String(rawBody).trim()",
    "with a line break more is refused",
  ),
  verifyingBody(
    "webhook: re-encoded",
    "UTF-16 is understood, too",
    'new TextDecoder(rawBody.includes(0) ? "utf-16le" : "utf-8").decode(rawBody)',
    "in UTF-16 is refused",
  ),
  verifying(
    "webhook: altered",
    "the signature does not cover the body",
    JUST_PARSED,
    "with (the amount altered|the currency altered|another student|another course) is refused",
  ),
  verifying(
    "webhook: replayed",
    "a signature is good for a day",
    VERIFICATION.replace(")", ", 86_400)"),
    "replayed after its five minutes is refused",
  ),
  {
    attack: "webhook: dated ahead",
    hole: "a time in the future is accepted",
    file: "handlers/adapters/stripe/webhook-events.ts",
    replace: "requirePresent(signature);",
    by: "",
    test: test("dated (an hour ahead|past the tolerance|in milliseconds) is refused"),
  },
  {
    attack: "webhook: wrong secret",
    hole: "a secret of the tests is accepted, too",
    file: "handlers/adapters/stripe/webhook-events.ts",
    replace: "of STRIPE_WEBHOOK_SECRET)",
    by: 'of [...STRIPE_WEBHOOK_SECRET, "whsec_other"])',
    test: test("signed with another secret is refused"),
  },
  verifyingHeader(
    "webhook: scheme v0",
    "v0 counts as v1",
    'signature.replaceAll("v0=", "v1=")',
    "of the old scheme v0 only is refused",
  ),
  verifying(
    "webhook: several v1",
    "several v1 pass for a rotation",
    `(signature.split("v1=").length > 2 ? ${JUST_PARSED} : ${VERIFICATION})`,
    "with several v1, none of them ours is refused",
  ),
  verifyingHeader(
    "webhook: several v1",
    "only the first v1 is looked at",
    'signature.replace(/(v1=\\w+).*/, "$1")',
    "with one of several v1 being ours is accepted",
  ),
  {
    attack: "webhook: blank secret",
    hole: "a secret may be blank",
    file: "handlers/adapters/secrets-manager/stripe-secret.ts",
    replace: 'z.string().check(z.trim(), z.minLength(1, "must not be blank"))',
    by: "z.string()",
    test: test("a stack whose signing secret is .* reads no event at all"),
  },
  verifying(
    "webhook: thin event",
    "only the signature is checked, not what kind of event it is",
    `(webhooks.signature?.verifyHeader(rawBody, signature, secret), ${JUST_PARSED})`,
    "a thin event is refused",
  ),
];
