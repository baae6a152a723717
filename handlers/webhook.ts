/**
 * Stripe's webhook: verify, start the execution, answer. A bare handler, since Stripe's clock is running.
 * It answers 200 only for what is stored somewhere that will act on it.
 */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { WebhookAnswer } from "#workflow/contract.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import type { PaymentNotice } from "#workflow/payment-notice.ts";
import { type StartOutcome } from "#workflow/ports/executions.ts";
import { type RefusalReason, WebhookRefused } from "#workflow/ports/payments.ts";
import { composeWebhook, type WebhookPorts } from "./composition.ts";
import { readSettings, webhookSettings } from "./config.ts";
import { describeError } from "./error-facts.ts";
import { correlationOf, countMetric, createLogger } from "./telemetry.ts";

/** Stripe's events are far smaller; what an execution can take as input is not more either. */
const MAX_BODY_BYTES = 256 * 1024;

const REFUSAL_CODES: Record<RefusalReason, string> = {
  signature: "invalid_signature",
  mode: "wrong_mode",
  account: "foreign_account",
  thin: "thin_event",
  shape: "unreadable_event",
};

const logger = createLogger("webhook");

export type WebhookRequest = Pick<
  APIGatewayProxyEventV2,
  "body" | "headers" | "isBase64Encoded" | "requestContext"
>;

export function createWebhook(ports: WebhookPorts) {
  // Each entry of the log is given the request's id: to keep it by AsyncLocalStorage makes every promise dearer.
  return async function answerRequest(request: WebhookRequest): Promise<APIGatewayProxyStructuredResultV2> {
    const { requestId } = request.requestContext;
    const rawBody = Buffer.from(request.body ?? "", request.isBase64Encoded ? "base64" : "utf8");
    if (rawBody.byteLength > MAX_BODY_BYTES) {
      return refuse(413, "body_too_large", `the body is larger than ${MAX_BODY_BYTES} bytes`, requestId);
    }
    try {
      const event = await ports.events.readEvent(rawBody, request.headers);
      if (!event) return accept({ ignored: true });
      if ("noticeId" in event) return accept(await queueNotice(event, ports, requestId));
      const outcome = await startOrQueue(event, ports, requestId);
      return accept({ [outcome]: true, eventId: event.eventId });
    } catch (error) {
      if (error instanceof WebhookRefused) {
        countMetric(error.reason === "signature" ? "SignatureRefused" : "EventRefused");
        const { reason, message, sources } = error;
        logger.warn("refused", {
          requestId,
          reason,
          errorMessage: message,
          ...(sources && { sources }),
        });
        return refuse(400, REFUSAL_CODES[error.reason], error.message, requestId);
      }
      logger.error("nothing could be stored, so Stripe must deliver again", {
        requestId,
        ...describeError(error),
      });
      return refuse(500, "not_stored", "the event could not be stored; deliver it again later", requestId);
    }
  };
}

async function startOrQueue(
  event: PaymentEvent,
  { executions, overflow }: WebhookPorts,
  requestId: string,
): Promise<StartOutcome | "queued"> {
  const ids = { requestId, ...correlationOf(event) };
  try {
    const outcome = await executions.startExecution(event);
    if (outcome === "duplicate") countMetric("DuplicateDelivery");
    if (outcome === "redriven") countMetric("Redriven");
    logger.info(outcome, ids);
    return outcome;
  } catch (error) {
    logger.warn("queued, since the execution could not be started", { ...ids, ...describeError(error) });
    await overflow.enqueue(event);
    countMetric("Queued");
    return "queued";
  }
}

/** Whose money it was takes a look at Stripe, for which there is no time here. */
async function queueNotice(notice: PaymentNotice, { overflow }: WebhookPorts, requestId: string) {
  await overflow.enqueue(notice);
  logger.info("queued", { requestId, eventId: notice.noticeId, eventType: notice.noticeType });
  return { queued: true, eventId: notice.noticeId } as const;
}

const accept = (outcome: Omit<WebhookAnswer, "received">) =>
  answer(200, { received: true, ...outcome } satisfies WebhookAnswer);

const refuse = (statusCode: number, code: string, message: string, requestId: string) =>
  answer(statusCode, { error: { code, message, requestId } });

function answer(statusCode: number, body: Record<string, unknown>): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

export const handler = createWebhook(composeWebhook(readSettings(webhookSettings, process.env)));
