/** What becomes of executions of the deployed definition: happy, unhappy and odd. */
import type { StepState } from "#infra/deployment/steps.ts";
import type { InMemoryStores } from "#test/support/in-memory-stores.ts";
import { NO_PAYMENT_EVENTS } from "#test/support/no-payment-events.ts";
import { paidCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import { decision, openPurchase, paidEnrollment } from "#test/support/purchases.ts";
import type { LambdaAnswer, QueueAnswer } from "./answers.ts";

export interface Scenario {
  what: string;
  input: unknown;
  /** What is in the stores beside Ada's quote. */
  arrange?: (stores: InMemoryStores) => void;
  /** Set answers of a step's function, one after another; after them the shipped step itself answers. */
  lambda?: Partial<Record<StepState, LambdaAnswer[]>>;
  /** Set answers of the dead-letter queue; after them it takes what it is given. */
  queue?: QueueAnswer[];
  /** How often the execution is redriven, once it has ended. */
  redrives?: number;
}

const failing = (errorType: string, errorMessage = "it was said"): LambdaAnswer => ({
  functionError: { errorType, errorMessage, trace: [] },
});
const refusing = (code: string, message: string, status: number) => ({
  refusal: { code, message, status, requestId: "<request id>" },
});
const THROTTLED = refusing("TooManyRequestsException", "Rate Exceeded.", 429);
const BROKEN = refusing("ServiceException", "Internal error.", 500);
const HANGS = { hangs: true } as const;
const DENIED = refusing("AccessDenied", "Access to the resource is denied.", 403);

const times = <Answer>(count: number, answer: Answer): Answer[] =>
  Array.from<Answer>({ length: count }).fill(answer);

/** Tries beside the first one, by the definition's retriers. */
const PASSING = 30;
const UNFORESEEN = 3;

const PAID = paymentEvent();
const EXPIRED = paymentEvent({ eventType: "checkout.session.expired", paymentStatus: "unpaid" });
const PENDING = paymentEvent({ paymentStatus: "unpaid" });

const HAPPY: Scenario[] = [
  { what: "paid", input: PAID },
  { what: "a free checkout", input: paymentEvent({ paymentStatus: "no_payment_required" }) },
  { what: "the bank is still working", input: PENDING },
  { what: "expired", input: EXPIRED },
  {
    what: "the bank refused",
    input: paymentEvent({ eventType: "checkout.session.async_payment_failed", paymentStatus: "unpaid" }),
  },
  {
    what: "the bank's answer came late",
    input: paymentEvent({ eventType: "checkout.session.async_payment_succeeded" }),
  },
  { what: "without a customer", input: paymentEvent({ customerId: null }) },
  {
    what: "enrolled by an earlier try",
    input: PAID,
    arrange: ({ enrollments }) =>
      enrollments.set(`${student.userId}/${paidCourse.courseId}`, paidEnrollment()),
  },
  {
    what: "a person has decided",
    input: PAID,
    arrange: ({ purchases }) =>
      purchases.set(`${student.userId}/cs_test_1`, openPurchase({ decision: decision() })),
  },
];

/** By the shipped steps' own reasons. */
const TERMINAL: Scenario[] = [
  { what: "no such course", input: PAID, arrange: ({ courses }) => courses.clear() },
  { what: "no such student", input: PAID, arrange: ({ students }) => students.clear() },
  { what: "another amount", input: paymentEvent({ amountSubtotal: 100 }) },
  { what: "another student's session", input: paymentEvent({ clientReferenceId: "user-grace" }) },
  { what: "no course named", input: paymentEvent({ courseId: null }) },
  {
    what: "paid twice",
    input: PAID,
    arrange: ({ enrollments }) =>
      enrollments.set(
        `${student.userId}/${paidCourse.courseId}`,
        paidEnrollment({ stripeSessionId: "cs_test_other" }),
      ),
  },
];

const STEPS: [StepState, unknown][] = [
  ["ValidateSession", PAID],
  ["WriteEnrollment", PAID],
  ["LinkCustomer", PAID],
  ["CloseCheckout", EXPIRED],
];

const EVERY_STEP: Scenario[] = STEPS.flatMap(([state, input]) => [
  {
    what: `${state} fails twice and passes`,
    input,
    lambda: { [state]: times(2, failing("RetryableError")) },
  },
  {
    what: `${state} fails for as long as it is tried`,
    input,
    lambda: { [state]: times(PASSING + 1, failing("RetryableError")) },
  },
  {
    what: `${state} passes at the last try`,
    input,
    lambda: { [state]: times(PASSING, failing("RetryableError")) },
  },
  {
    what: `${state} fails unforeseen and passes`,
    input,
    lambda: { [state]: times(UNFORESEEN, failing("TypeError")) },
  },
  {
    what: `${state} fails unforeseen for good`,
    input,
    lambda: { [state]: times(UNFORESEEN + 1, failing("TypeError")) },
  },
  {
    what: `${state} does not answer once`,
    input,
    lambda: { [state]: [HANGS] },
  },
  {
    what: `${state} never answers`,
    input,
    lambda: { [state]: times(UNFORESEEN + 1, HANGS) },
  },
]);

const LAMBDA: Scenario[] = [
  { what: "Lambda is throttled", input: PAID, lambda: { WriteEnrollment: times(3, THROTTLED) } },
  {
    what: "Lambda is throttled for good",
    input: PAID,
    lambda: { WriteEnrollment: times(PASSING + 1, THROTTLED) },
  },
  { what: "Lambda fails", input: PAID, lambda: { ValidateSession: times(2, BROKEN) } },
  { what: "Lambda fails for good", input: PAID, lambda: { ValidateSession: times(PASSING + 1, BROKEN) } },
  {
    what: "the function is gone",
    input: PAID,
    lambda: {
      LinkCustomer: times(UNFORESEEN + 1, refusing("ResourceNotFoundException", "Function not found", 404)),
    },
  },
  {
    what: "one error after another",
    input: PAID,
    lambda: {
      ValidateSession: [
        failing("RetryableError"),
        failing("TypeError"),
        THROTTLED,
        HANGS,
        failing("RetryableError"),
      ],
    },
  },
  {
    what: "a cause with quotes, backslashes and other scripts",
    input: PAID,
    lambda: { ValidateSession: [failing("CourseNotFound", 'the "course" C:\\1 \u2028 課程\n')] },
  },
  {
    what: "a cause with a character beyond the basic plane",
    input: PAID,
    lambda: { ValidateSession: [failing("CourseNotFound", "\u{1f4da}")] },
  },
  { what: "an empty cause", input: PAID, lambda: { ValidateSession: [failing("CourseNotFound", "")] } },
  {
    what: "more than a step answers",
    input: PAID,
    lambda: { ValidateSession: [{ payload: { isBarred: false, x: [1, null] } }] },
  },
];

const QUEUE: Scenario[] = [
  { what: "the queue refuses twice", input: paymentEvent({ courseId: null }), queue: times(2, DENIED) },
  {
    what: "the queue refuses for as long as it is tried",
    input: paymentEvent({ courseId: null }),
    queue: times(31, DENIED),
  },
];

const ODD: Scenario[] = NO_PAYMENT_EVENTS.map(([what, input]) => ({ what: `started with ${what}`, input }));

const REDRIVEN: Scenario[] = [
  {
    what: "mended and redriven",
    input: PAID,
    lambda: { ValidateSession: [failing("CourseNotFound")] },
    redrives: 1,
  },
  {
    what: "redriven in vain, then mended",
    input: PAID,
    lambda: { WriteEnrollment: times(2, failing("DoublePayment")) },
    redrives: 2,
  },
  {
    what: "redriven after no letter could be sent",
    input: PAID,
    lambda: { ValidateSession: [failing("CourseNotFound")] },
    queue: times(31, DENIED),
    redrives: 1,
  },
  { what: "redriven with no payment event", input: {}, redrives: 2 },
  {
    what: "retries are counted anew by a redrive",
    input: PAID,
    lambda: { LinkCustomer: times((PASSING + 1) * 2, failing("RetryableError")) },
    redrives: 2,
  },
];

export const SCENARIOS = [...HAPPY, ...TERMINAL, ...EVERY_STEP, ...LAMBDA, ...QUEUE, ...ODD, ...REDRIVEN];
