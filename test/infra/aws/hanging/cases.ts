/** What each function is asked while a service hangs, and how it then ends. */

import { expect } from "vitest";
import { TIMEOUT_SECONDS } from "#infra/deployment/timeouts.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { claimsOf, gatewayEvent, webhookEvent } from "#test/support/gateway-events.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { paybackEvent, purchaseEvent, sign } from "#test/support/stripe-events.ts";
import type { PaymentNotice } from "#workflow/payment-notice.ts";
import type { Service } from "./deployed-functions.ts";

export interface Case {
  functionName: string;
  hangs: Service[];
  asked: unknown;
  /** Of what it returned or threw. */
  ends: object;
  /** Who did not answer, as the log names them. */
  blames: string;
  /** Of what caller waits less long than the function has. */
  withinSeconds?: number;
}

/** What is in the running stack beforehand. */
export interface Scene {
  /** Of a student who has paid; the enrollment is gone, and the purchase was seen settled long ago. */
  paid: { userId: string; checkoutSessionId: string; paymentIntentId: string };
  /** Has another checkout open for the course of the event below. */
  twice: { userId: string; courseId: string };
}

/** Stripe and people wait no longer. */
const WEBHOOK_SECONDS = 12;
const STUDENT_SECONDS = 15;
/** Cognito's, for a trigger. */

export function createCases({ paid, twice }: Scene): Case[] {
  const notice: PaymentNotice = {
    noticeId: "evt_hanging_notice",
    noticeType: "charge.refunded",
    occurredAt: "2026-11-23T12:00:00.000Z",
    livemode: false,
    paymentIntentId: paid.paymentIntentId,
    amountRefunded: 4900,
    disputeStatus: null,
  };
  const webhook = (body: string) => webhookEvent(body, sign(body, STAND_IN_STRIPE.webhookSecret));
  const ask = (method: string, path: string, body?: object) =>
    gatewayEvent({ method, path, claims: claimsOf(paid.userId), body: body && JSON.stringify(body) });
  const queued = (message: object) => ({
    Records: [{ messageId: "m-1", body: JSON.stringify(message), eventSource: "aws:sqs" }],
  });
  const event = paymentEvent({
    eventId: "evt_hanging",
    checkoutSessionId: "cs_hanging",
    ...twice,
    clientReferenceId: twice.userId,
  });
  const step = { event, executionName: event.eventId };

  const signUp = {
    triggerSource: "PreSignUp_SignUp",
    userPoolId: "us-east-1_hanging",
    userName: "hanging",
    request: { userAttributes: { email: "hanging@example.com" } },
    response: {},
  };

  const returned = (value: object) => ({ kind: "returned", value });
  const answered = (statusCode: number, text: string) =>
    returned({ statusCode, body: expect.stringContaining(text) as string });
  const retried = (by: string) => ({
    kind: "threw",
    name: "RetryableError",
    message: expect.stringContaining(by) as string,
  });
  const leftInQueue = returned({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
  const threw = (name: string) => ({ kind: "threw", name });
  const failed = answered(500, "internal_error");
  const notStored = answered(500, "not_stored");
  const enroll = ask("POST", "/api/enrollments", { courseId: "TEST-COURSE-005" });
  const follow = ask("GET", `/api/checkout/session/${paid.checkoutSessionId}`);

  const started = webhook(purchaseEvent("hanging-start", { userId: twice.userId }));
  const noticed = webhook(paybackEvent("charge.refunded"));
  const of =
    (functionName: string, withinSeconds?: number) =>
    (hangs: Service | Service[], asked: unknown, ends: object, blames: string): Case => ({
      functionName,
      hangs: [hangs].flat(),
      asked,
      ends,
      blames,
      ...(withinSeconds && { withinSeconds }),
    });
  const ofWebhook = of("bursar-webhook", WEBHOOK_SECONDS);
  const ofApi = of("bursar-api", STUDENT_SECONDS);
  const ofWrite = of("bursar-write-enrollment");
  const ofConsumer = of("bursar-webhook-queue-consumer");
  const ofSweep = of("bursar-reconcile");
  return [
    ofWebhook("SFN", started, answered(200, '"queued":true'), "SFN StartExecution"),
    ofWebhook("SQS", noticed, notStored, "SQS SendMessage"),
    ofWebhook("SecretsManager", started, notStored, "SecretsManager GetSecretValue"),
    of("bursar-webhook")(["SFN", "SQS"], started, notStored, "SQS SendMessage"),
    ofApi("DynamoDB", ask("GET", "/api/courses"), failed, "DynamoDB Query"),
    ofApi("Stripe", enroll, failed, "Stripe"),
    ofApi("SecretsManager", enroll, failed, "SecretsManager GetSecretValue"),
    ofApi("SFN", follow, answered(200, '"stage":"paid"'), "SFN StartExecution"),
    of("bursar-validate-session")(
      "DynamoDB",
      step,
      retried("DynamoDB BatchGetItem"),
      "DynamoDB BatchGetItem",
    ),
    ofWrite("DynamoDB", step, retried("DynamoDB PutItem"), "DynamoDB PutItem"),
    ofWrite("Stripe", step, returned({ enrolledAt: expect.any(String) }), "Stripe"),
    ofWrite(
      "SecretsManager",
      step,
      returned({ enrolledAt: expect.any(String) }),
      "SecretsManager GetSecretValue",
    ),
    of("bursar-link-customer")("DynamoDB", step, retried("DynamoDB UpdateItem"), "DynamoDB UpdateItem"),
    of("bursar-close-checkout")("DynamoDB", step, retried("DynamoDB UpdateItem"), "DynamoDB UpdateItem"),
    ofConsumer("SFN", queued(event), leftInQueue, "SFN StartExecution"),
    ofConsumer("DynamoDB", queued(notice), leftInQueue, "DynamoDB GetItem"),
    ofConsumer("Stripe", queued(notice), leftInQueue, "Stripe"),
    ofConsumer("SecretsManager", queued(notice), leftInQueue, "SecretsManager GetSecretValue"),
    ofSweep("SFN", {}, threw("TimeoutError"), "SFN DescribeExecution"),
    ofSweep("DynamoDB", {}, threw("TimeoutError"), "DynamoDB GetItem"),
    ofSweep("Stripe", {}, threw("StripeConnectionError"), "Stripe"),
    ofSweep("SecretsManager", {}, threw("TimeoutError"), "SecretsManager GetSecretValue"),
    of("bursar-pre-sign-up", TIMEOUT_SECONDS.trigger)(
      "Cognito",
      signUp,
      threw("SignUpRefused"),
      "CognitoIdentityProvider ListUsers",
    ),
    of("bursar-copy-signing-secret")(
      "SecretsManager",
      {},
      threw("TimeoutError"),
      "SecretsManager GetSecretValue",
    ),
  ];
}
