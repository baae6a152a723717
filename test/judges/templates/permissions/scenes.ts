/** What each deployed function is asked, so that it goes every way on which it calls AWS. */
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { claimsOf, gatewayEvent, webhookEvent } from "#test/support/gateway-events.ts";
import { paymentEvent, paymentNotice } from "#test/support/payment-events.ts";
import { paybackEvent, purchaseEvent, sign } from "#test/support/stripe-events.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import { USER_POOL_ID } from "./grants.ts";
import type { Answer } from "./recorder.ts";
import { COURSE, type Place } from "./set-place.ts";

interface Scene {
  functionName: string;
  asked: unknown;
  /** Must all be used up by it. */
  answers?: Answer[];
  before?: () => Promise<unknown>;
  /** Asked minutes after what the place holds. */
  later?: boolean;
}

/** Neither its words nor its class say whether there is anything to mend. */
const tooLate: Answer = {
  action: "states:RedriveExecution",
  status: 400,
  body: { __type: "ExecutionNotRedrivable", message: "Execution was not redrivable in time" },
};

/** A write whose answer is lost meets itself when it is tried again. */
const lostAnswer: Answer[] = [
  { action: "dynamodb:UpdateItem", status: 500, body: { __type: "InternalServerError" } },
  { action: "dynamodb:UpdateItem", status: 400, body: { __type: "ConditionalCheckFailedException" } },
];

export const listScenes = (place: Place): Scene[] => [
  ...scenesOfWebhook(place),
  ...scenesOfCopy(place),
  ...scenesOfApi(place),
  ...scenesOfSteps(place),
  ...scenesOfConsumer(place),
  { functionName: "bursar-reconcile", asked: {}, later: true },
  ...scenesOfTriggers(),
];

function scenesOfWebhook({ failed }: Place): Scene[] {
  const of = (body: string, more: Partial<Scene> = {}): Scene => ({
    functionName: "bursar-webhook",
    asked: webhookEvent(body, sign(body, STAND_IN_STRIPE.webhookSecret)),
    ...more,
  });
  return [
    of(purchaseEvent("judged-webhook")),
    of(failed.body, { answers: [tooLate] }),
    of(failed.body),
    of(paybackEvent("charge.refunded")),
  ];
}

function scenesOfCopy({ outdate }: Place): Scene[] {
  const copy = { functionName: "bursar-copy-signing-secret", asked: {} };
  return [copy, { ...copy, before: outdate }];
}

function scenesOfApi({ bought, lost }: Place): Scene[] {
  const of = (method: string, path: string, body?: object, userId = bought.userId): Scene => ({
    functionName: "bursar-api",
    asked: gatewayEvent({ method, path, claims: claimsOf(userId), body: body && JSON.stringify(body) }),
  });
  return [
    of("GET", "/api/courses"),
    of("GET", "/api/students/me", undefined, "user-judged-new"),
    of("POST", "/api/enrollments", { courseId: "TEST-COURSE-001" }),
    of("POST", "/api/enrollments", { courseId: "TEST-COURSE-005" }),
    of("GET", "/api/enrollments"),
    of("GET", "/api/purchases"),
    of("GET", `/api/checkout/session/${lost.checkoutSessionId}`, undefined, lost.userId),
    of("GET", `/api/checkout/session/${bought.checkoutSessionId}`),
  ];
}

function scenesOfSteps({ bought, barred, bySteps }: Place): Scene[] {
  const of = (
    step: string,
    ids: { userId?: string; checkoutSessionId?: string },
    more: Partial<PaymentEvent> = {},
  ): Scene => {
    const { userId = "", checkoutSessionId = "cs_judged_step" } = ids;
    const named = { userId, clientReferenceId: userId, courseId: COURSE, checkoutSessionId };
    const event = paymentEvent({ eventId: "evt_judged_step", ...named, ...more });
    return { functionName: `bursar-${step}`, asked: { event, executionName: event.eventId } };
  };
  return [
    of("validate-session", bought),
    of("validate-session", bySteps),
    of("validate-session", bought, { amountSubtotal: 1 }),
    of("write-enrollment", { userId: "user-judged-other" }),
    of("write-enrollment", bought),
    of("write-enrollment", { ...bought, checkoutSessionId: "cs_judged_twice" }),
    of("write-enrollment", barred),
    of("link-customer", bought),
    of("close-checkout", bought),
    { ...of("close-checkout", bought), answers: lostAnswer },
  ];
}

function scenesOfConsumer({ failed, byConsumer }: Place): Scene[] {
  const of = (message: object, more: Partial<Scene> = {}): Scene => ({
    functionName: "bursar-webhook-queue-consumer",
    asked: {
      Records: [{ messageId: "m-1", body: JSON.stringify(message), eventSource: "aws:sqs", attributes: {} }],
    },
    ...more,
  });
  const notice = paymentNotice({ paymentIntentId: byConsumer.paymentIntentId });
  return [
    of(paymentEvent({ eventId: "evt_judged_queue" })),
    of(failed.event, { answers: [tooLate] }),
    of(failed.event),
    of(notice),
  ];
}

function scenesOfTriggers(): Scene[] {
  const signUp = {
    triggerSource: "PreSignUp_ExternalProvider",
    userPoolId: USER_POOL_ID,
    userName: "google_1",
    request: { userAttributes: { email: "judged@example.com", email_verified: "true" } },
    response: {},
  };
  const account = {
    Username: "judged",
    UserStatus: "CONFIRMED",
    Attributes: [{ Name: "email_verified", Value: "true" }],
  };
  const answers = ["ListUsers", "AdminLinkProviderForUser"].map((operation) => ({
    action: `cognito-idp:${operation}`,
    status: 200,
    body: operation === "ListUsers" ? { Users: [account] } : {},
  }));
  const preToken = { request: { userAttributes: { email: "judged@example.com" } }, response: {} };
  return [
    { functionName: "bursar-pre-sign-up", asked: signUp, answers },
    { functionName: "bursar-pre-token", asked: preToken },
  ];
}
