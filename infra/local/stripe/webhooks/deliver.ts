/** Posts an event to the webhook as Stripe does: signed anew at each attempt, until a 2xx answer or for three days. */
import { Stripe } from "stripe";
import type { Write } from "../../storage/database.ts";
import { createId } from "../ids.ts";
import type { State } from "../state.ts";
import { schedule } from "../store/agenda.ts";

export interface Webhook {
  url: string;
  /** `whsec_...` */
  secret: string;
  /** As an endpoint of Stripe's names them; all of them when it names none. A resent event is delivered whatever it is. */
  enabledEvents?: readonly string[];
}

export interface DeliveryTask {
  eventId: string;
  /** How many attempts there have been. */
  attempts: number;
  /** Milliseconds since 1970. */
  firstAttemptAt: number | null;
}

/** One attempt to deliver an event, and what came of it. */
export interface DeliveryAttempt {
  at: string;
  /** Null when there was no answer; `error` says why. */
  status: number | null;
  error: string | null;
  responseBody: string;
  durationMs: number;
  /** Null when it was delivered or given up. */
  nextAttemptAt: string | null;
}

export const DELIVERIES = "deliveries";

const ATTEMPT_TIMEOUT_MS = 10_000;
const GIVE_UP_AFTER_MS = 3 * 24 * 60 * 60 * 1000;
const EXCERPT_LENGTH = 500;

interface DeliverOptions {
  state: State;
  webhook: Webhook | undefined;
  retryDelaysMs: number[];
  stopping: AbortSignal;
}

export async function deliver(task: DeliveryTask, done: Write, options: DeliverOptions): Promise<void> {
  const { state, webhook, stopping } = options;
  const { events, foreignEvents } = state.records;
  const own = await events.find(task.eventId);
  const event = own ?? (await foreignEvents.find(task.eventId))?.event;
  if (!event || !webhook) return state.save({ writes: [done] });

  const startedAt = Date.now();
  const answer = await post(webhook, JSON.stringify(event, null, 2), stopping);
  const delivered = answer.status !== null && answer.status >= 200 && answer.status < 300;
  const retryAt = delivered ? undefined : nextAttemptAt(task, startedAt, options.retryDelaysMs);
  const attempt: DeliveryAttempt = {
    at: new Date(startedAt).toISOString(),
    ...answer,
    durationMs: Date.now() - startedAt,
    nextAttemptAt: retryAt === undefined ? null : new Date(retryAt).toISOString(),
  };
  const next = { ...task, attempts: task.attempts + 1, firstAttemptAt: task.firstAttemptAt ?? startedAt };

  await state.save({
    writes: [
      done,
      { type: "put", key: `attempt/${event.id}/${createId("attempt")}`, value: attempt },
      ...(delivered && own ? await state.records.events.put({ ...own, pending_webhooks: 0 }) : []),
      ...(retryAt === undefined ? [] : [schedule(DELIVERIES, retryAt, next)]),
    ],
  });
}

async function post(webhook: Webhook, payload: string, stopping: AbortSignal) {
  try {
    const response = await fetch(webhook.url, {
      method: "POST",
      body: payload,
      redirect: "manual",
      signal: AbortSignal.any([stopping, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "stripe-signature": Stripe.webhooks.generateTestHeaderString({ payload, secret: webhook.secret }),
      },
    });
    const responseBody = (await response.text()).slice(0, EXCERPT_LENGTH);
    return { status: response.status, error: null, responseBody };
  } catch (error) {
    // Cut off by our own end, the attempt says nothing about the receiver and is made again after the start.
    if (stopping.aborted) throw error;
    return { status: null, error: explain(error), responseBody: "" };
  }
}

function nextAttemptAt(task: DeliveryTask, now: number, retryDelaysMs: number[]): number | undefined {
  const delay = retryDelaysMs[Math.min(task.attempts, retryDelaysMs.length - 1)];
  const giveUpAt = (task.firstAttemptAt ?? now) + GIVE_UP_AFTER_MS;
  return delay === undefined || now + delay > giveUpAt ? undefined : now + delay;
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${ATTEMPT_TIMEOUT_MS / 1000} s`;
  return error.cause instanceof Error ? error.cause.message || error.message : error.message;
}
