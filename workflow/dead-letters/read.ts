/** What could not be done, as an operator finds it in the dead-letter queue. */
import * as z from "zod/mini";
import { type PaymentEvent, paymentEventSchema } from "../payment-event.ts";
import { paymentNoticeSchema } from "../payment-notice.ts";

/** An execution can be started with anything, and what is no id there names nothing. */
const id = z.catch(z.nullable(z.string()), null);

/** As `SendToDeadLetterQueue` writes it. */
const failedExecutionSchema = z.object({
  eventId: id,
  executionArn: z.string(),
  checkoutSessionId: id,
  paymentIntentId: id,
  userId: id,
  courseId: id,
  error: z.string(),
  cause: z.string(),
});

export interface DeadLetter {
  messageId: string;
  /** What SQS wants to know for deleting it or giving it back. */
  receiptHandle: string;
  sentAt: string;
  error: string;
  cause: string;
  eventId?: string | undefined;
  checkoutSessionId?: string | undefined;
  paymentIntentId?: string | undefined;
  userId?: string | undefined;
  courseId?: string | undefined;
  /** The execution that failed. */
  executionName?: string | undefined;
  /** Of a letter that the overflow queue gave up: no execution was ever started for it. */
  event?: PaymentEvent | undefined;
}

/** The execution that failed, or the one that the overflow queue's consumer could not start. */
export const executionOf = ({ executionName, event }: DeadLetter) => executionName ?? event?.eventId;

/** Anything can be sent to a queue, so a body that is no kind of letter is still shown, as `Unreadable`. */
export function readDeadLetter(
  body: string,
  message: Pick<DeadLetter, "messageId" | "receiptHandle" | "sentAt">,
): DeadLetter {
  const content = parseJson(body);
  const failed = failedExecutionSchema.safeParse(content);
  if (failed.success) {
    const { executionArn, error, cause, ...ids } = failed.data;
    const executionName = executionArn.split(":").at(-1);
    return { ...message, ...givenIdsOf(ids), error, cause, executionName };
  }
  const event = paymentEventSchema.safeParse(content);
  return { ...message, ...(event.success ? describeNotStarted(event.data) : describeOther(content)) };
}

/** What the overflow queue's consumer could not do in all of its tries. */
function describeNotStarted(event: PaymentEvent) {
  const cause = "The overflow queue's consumer could not start the execution and gave up.";
  return { error: "NotStarted", cause, ...givenIdsOf(event), event };
}

type Ids = Record<"eventId" | "checkoutSessionId" | "paymentIntentId" | "userId" | "courseId", string | null>;

const givenIdsOf = ({ eventId, checkoutSessionId, paymentIntentId, userId, courseId }: Ids) => ({
  eventId: eventId ?? undefined,
  checkoutSessionId: checkoutSessionId ?? undefined,
  paymentIntentId: paymentIntentId ?? undefined,
  userId: userId ?? undefined,
  courseId: courseId ?? undefined,
});

/** The reconciliation notes again what a notice told of, so such a letter has nothing to be redriven. */
function describeOther(content: unknown) {
  const notice = paymentNoticeSchema.safeParse(content);
  if (!notice.success)
    return { error: "Unreadable", cause: "The message is neither a dead letter nor an event." };
  const { noticeId, paymentIntentId, noticeType } = notice.data;
  const cause = `The overflow queue's consumer could not note ${noticeType} on its purchase and gave up.`;
  return { error: "NotNoted", cause, eventId: noticeId, paymentIntentId };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface DeadLetterFilter {
  /** An event, execution, checkout session or message id. */
  id?: string | undefined;
  error?: string | undefined;
  courseId?: string | undefined;
  userId?: string | undefined;
  /** Both ends are of the period. */
  since?: Date | undefined;
  until?: Date | undefined;
}

export function matchesFilter(
  letter: DeadLetter,
  { id, error, courseId, userId, since, until }: DeadLetterFilter,
): boolean {
  const ids = [letter.eventId, letter.executionName, letter.checkoutSessionId, letter.messageId];
  return (
    (!id || ids.includes(id)) &&
    (!error || letter.error === error) &&
    (!courseId || letter.courseId === courseId) &&
    (!userId || letter.userId === userId) &&
    (!since || Date.parse(letter.sentAt) >= since.getTime()) &&
    (!until || Date.parse(letter.sentAt) <= until.getTime())
  );
}
