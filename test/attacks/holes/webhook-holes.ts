/** Holes in how a delivery is told from a forgery, and in how it is taken. */
import type { Attack, Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/attacks/webhook.test.ts", title });
const stackTest = (title: string) => ({ file: "test/attacks/running-stack.test.ts", title });

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
    replace: 'throw new InvalidSignature("the Stripe-Signature header is missing")',
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
    'rawBody.includes(0) ? rawBody.toString("utf16le") : rawBody',
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
    attack: "webhook: replayed",
    hole: "a duplicate starts an execution of its own",
    file: "handlers/adapters/step-functions.ts",
    replace: 'if (outcome !== "beyond-redrive") return outcome;',
    by: 'if (outcome === "redriven") return outcome;',
    test: stackTest("an event replayed within its five minutes is one execution"),
  },
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
    file: "handlers/adapters/secrets.ts",
    replace: 'z.string().check(z.trim(), z.minLength(1, "must not be blank"))',
    by: "z.string()",
    test: test("a stack whose signing secret is .* reads no event at all"),
  },
  {
    attack: "webhook: huge body",
    hole: "a body may have any size",
    file: "handlers/webhook.ts",
    replace: "MAX_BODY_BYTES = 256 * 1024",
    by: "MAX_BODY_BYTES = Number.POSITIVE_INFINITY",
    test: test("with a body larger than any event is refused unread"),
  },
  {
    attack: "webhook: slow body",
    hole: "bodies are read one after another",
    file: "infra/local/http-api/api-gateway.ts",
    replace: "const event = await createGatewayEvent(request, matched, authorization);",
    by: `const line = handlers as typeof handlers & { last?: ReturnType<typeof createGatewayEvent> };
    line.last = Promise.resolve(line.last).then(() => createGatewayEvent(request, matched, authorization));
    const event = await line.last;`,
    test: stackTest("twenty bodies that never end hold up nobody"),
  },
  {
    attack: "webhook: wrong content type",
    hole: "a body of another type is taken as text, base64 and all",
    file: "handlers/webhook.ts",
    replace: 'request.isBase64Encoded ? "base64" : "utf8"',
    by: '"utf8"',
    test: stackTest("the content type .* changes nothing about who signed"),
  },
  {
    attack: "webhook: wrong method",
    hole: "a header can override the method",
    file: "infra/local/http-api/api-gateway.ts",
    replace: 'request.method ?? ""',
    by: 'String(request.headers["x-http-method-override"] ?? request.method)',
    test: stackTest("the webhook's address .* finds nothing there"),
  },
  verifying(
    "webhook: thin event",
    "only the signature is checked, not what kind of event it is",
    `(webhooks.signature?.verifyHeader(rawBody, signature, secret) ? ${JUST_PARSED} : undefined)`,
    "a thin event is refused",
  ),
];
