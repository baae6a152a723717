/** Holes in what is made of an event whose signature is right. */
import type { Attack, Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/attacks/webhook.test.ts", title });
const stackTest = (title: string) => ({ file: "test/attacks/running-stack.test.ts", title });
const FUZZ = test("of 2,000 made-up requests none is stored");

const inReader = { file: "handlers/adapters/stripe/webhook-events.ts" };
const inTranslation = { file: "handlers/adapters/stripe/payment-event.ts" };
const inSchema = { file: "workflow/payment-event.ts" };
const inValidation = { file: "workflow/steps/validate-session.ts" };

const RECURSIVE_MERGE = `const merge = (to: Record<string, unknown>, from: object): object => {
        for (const [key, value] of Object.entries(from)) {
          if (typeof value === "object" && value) merge((to[key] ??= {}) as Record<string, unknown>, value as object);
          else to[key] = value;
        }
        return to;
      };`;

const acceptsAmounts = (attack: Attack, title: string): Hole => ({
  attack,
  hole: "the amount is not compared with the course's",
  ...inValidation,
  replace: "event.amountSubtotal !== course.unitAmount ||",
  by: "",
  test: stackTest(title),
});

export const EVENT_HOLES: Hole[] = [
  {
    attack: "webhook: other API version",
    hole: "only the newest version is read",
    ...inReader,
    replace: "if (!isFulfilment(event))",
    by: 'if (!isFulfilment(event) || event.api_version !== "2026-10-28.endive")',
    test: test("of another API version starts the same execution"),
  },
  {
    attack: "webhook: other API version",
    hole: "an event of an unknown shape is passed over in silence",
    ...inReader,
    replace: "if (!paymentEvent) throw",
    by: "if (!paymentEvent) return undefined; if (!event.id) throw",
    test: test("an event of an older API version, of another shape is refused"),
  },
  {
    attack: "webhook: live event on a test stack",
    hole: "live events count everywhere",
    ...inReader,
    replace: "if (livemode ===",
    by: "if (livemode || livemode ===",
    test: test("a live event where test keys are in use is refused"),
  },
  {
    attack: "webhook: test event on a live stack",
    hole: "test events count everywhere",
    ...inReader,
    replace: "if (livemode ===",
    by: "if (!livemode || livemode ===",
    test: test("a test event where live keys are in use is refused"),
  },
  {
    attack: "webhook: another student",
    hole: "reference and metadata may name two students",
    file: "workflow/steps/named-student-and-course.ts",
    replace: "if (clientReferenceId !== userId)",
    by: "if (!clientReferenceId)",
    test: stackTest("another student (as its reference|in its metadata) enrolls nobody"),
  },
  {
    attack: "webhook: another student",
    hole: "a student who does not exist is enrolled",
    ...inValidation,
    replace: "if (!student)",
    by: "if (!student && !userId)",
    test: stackTest("a student who does not exist enrolls nobody"),
  },
  acceptsAmounts("webhook: another course", "a course that costs more enrolls nobody"),
  {
    attack: "webhook: another course",
    hole: "a free course needs no comparison",
    ...inValidation,
    replace: 'if (course.pricingModel !== "paid")',
    by: 'if (course.pricingModel !== "paid") return; if (!course.courseId)',
    test: stackTest("a course that is free enrolls nobody"),
  },
  acceptsAmounts("webhook: another amount", "(a smaller amount|no amount) enrolls nobody"),
  {
    attack: "webhook: another currency",
    hole: "the currency is not compared with the course's",
    ...inValidation,
    replace: "|| event.currency !== course.currency",
    by: "",
    test: stackTest("(another currency|the currency in capitals) enrolls nobody"),
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
    replace: "const paymentEvent = readEvent(event);",
    by: `${RECURSIVE_MERGE}\n      const paymentEvent = readEvent(merge({}, event) as Stripe.Event);`,
    test: test("with keys that would pollute a prototype names no student"),
  },
  {
    attack: "webhook: made-up requests, 5xx",
    hole: "an event without data is a TypeError",
    ...inTranslation,
    replace: "event.data?.object",
    by: "event.data.object",
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
