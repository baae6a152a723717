/** Holes in what is made of an event whose signature is right. */
import type { Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/attacks/webhook.test.ts", title });
const FUZZ = test("of 2,000 made-up requests none is stored");

const inReader = { file: "handlers/adapters/stripe/webhook-events.ts" };
const inOurs = { file: "handlers/adapters/stripe/ours.ts" };
const inTranslation = { file: "handlers/adapters/stripe/payment-event.ts" };
const inSchema = { file: "workflow/payment-event.ts" };

const RECURSIVE_MERGE = `const merge = (to: Record<string, unknown>, from: object): object => {
        for (const [key, value] of Object.entries(from)) {
          if (typeof value === "object" && value) merge((to[key] ??= {}) as Record<string, unknown>, value as object);
          else to[key] = value;
        }
        return to;
      };`;

export const EVENT_HOLES: Hole[] = [
  {
    attack: "webhook: other API version",
    hole: "only the newest version is read",
    ...inReader,
    replace: "if (!isFulfilment(event)) return",
    by: 'if (!isFulfilment(event) || event.api_version !== "2026-10-28.endive") return',
    test: test("of another API version starts the same execution"),
  },
  {
    attack: "webhook: other API version",
    hole: "an event of an unknown shape is passed over in silence",
    ...inReader,
    replace: "if (!paymentEvent)",
    by: "if (!paymentEvent) return undefined; if (!event.id)",
    test: test("an event of an older API version, of another shape is refused"),
  },
  {
    attack: "webhook: live event on a test stack",
    hole: "live events count everywhere",
    ...inReader,
    replace: "if (!STRIPE_MODE ||",
    by: "if (livemode || !STRIPE_MODE ||",
    test: test("a live event where test keys are in use is refused"),
  },
  {
    attack: "webhook: test event on a live stack",
    hole: "test events count everywhere",
    ...inReader,
    replace: "if (!STRIPE_MODE ||",
    by: "if (!livemode || !STRIPE_MODE ||",
    test: test("a test event where live keys are in use is refused"),
  },
  {
    attack: "webhook: another account",
    hole: "whichever account's events count",
    ...inReader,
    replace: "if (!account || account === STRIPE_ACCOUNT_ID) return;",
    by: 'if (!account || account !== "") return;',
    test: test("an event of another Stripe account is refused"),
  },
  {
    attack: "webhook: another's sale",
    hole: "every sale of the account is ours",
    ...inOurs,
    replace: "return Boolean(userId && courseId);",
    by: "return Boolean(userId && courseId) || true;",
    test: test("a signed sale of another product"),
  },
  {
    attack: "webhook: another's sale",
    hole: "any deployment's sales are ours",
    ...inOurs,
    replace: "return deployment === deploymentName;",
    by: "return deploymentName.length > 0;",
    test: test("a signed sale of another deployment"),
  },
  {
    attack: "webhook: odd ids and types",
    hole: "an event's id may be any text",
    ...inSchema,
    replace: ".check(z.regex(/^[\\w-]{1,80}$/))",
    by: "",
    test: test("an event id (that no execution can have as its name|of 81 characters) is refused"),
  },
  {
    attack: "webhook: odd ids and types",
    hole: "what is no number is made one",
    ...inSchema,
    replace: "z.nullable(z.int())",
    by: "z.nullable(z.coerce.number())",
    test: test("an amount that is a text is refused"),
  },
  {
    attack: "webhook: odd ids and types",
    hole: "event types are looked up in an object, prototype and all",
    ...inTranslation,
    replace: "(FULFILMENT_EVENT_TYPES as readonly string[]).includes(event.type)",
    by: "event.type in Object.fromEntries(FULFILMENT_EVENT_TYPES.map((type) => [type, true]))",
    test: test("the event type .* is ignored"),
  },
  {
    attack: "webhook: unicode",
    hole: "the payer's name enters the execution",
    ...inTranslation,
    replace: "return result.success ? result.data",
    by: "return result.success ? Object.assign(result.data, { name: session?.customer_details?.name })",
    test: test("with letters of every kind keeps them out of its execution"),
  },
  {
    attack: "webhook: prototype pollution",
    hole: "metadata is copied key by key, __proto__ too",
    ...inTranslation,
    replace: 'session?.metadata?.["userId"]',
    by: '(Object.assign({}, session?.metadata) as Record<string, string>)["userId"]',
    test: test("with keys that would pollute a prototype names no student"),
  },
  {
    attack: "webhook: prototype pollution",
    hole: "events are merged into an object, level by level",
    ...inReader,
    replace: "const paymentEvent = readOurs(event, deploymentName);",
    by: `${RECURSIVE_MERGE}\n      const paymentEvent = readOurs(merge({}, event) as Stripe.Event, deploymentName);`,
    test: test("with keys that would pollute a prototype names no student"),
  },
  {
    attack: "webhook: made-up requests, 5xx",
    hole: "an event without data is a TypeError",
    file: "handlers/adapters/stripe/webhook-events.ts",
    replace: "const session: unknown = event.data?.object;",
    by: "const session: unknown = event.data.object;",
    test: FUZZ,
  },
  {
    attack: "webhook: made-up requests, 5xx",
    hole: "a time that does not exist is a RangeError",
    ...inTranslation,
    replace: "Number.isNaN(date.getTime()) ? undefined :",
    by: "",
    test: FUZZ,
  },
  {
    attack: "webhook: made-up requests, execution",
    hole: "a session's id is made a text whatever it is",
    ...inSchema,
    replace: "checkoutSessionId: id",
    by: "checkoutSessionId: z.coerce.string()",
    test: FUZZ,
  },
];
