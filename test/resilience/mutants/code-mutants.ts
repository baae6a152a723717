/** Bugs planted in adapters, steps and handlers, by putting something between the shipped part and its caller. */
import { ExecutionNotRedrivable, RedriveExecutionCommand, type SFNClient } from "@aws-sdk/client-sfn";
import { isTransient } from "#handlers/adapters/transient-errors.ts";
import type { PaymentEvent } from "#workflow/payment-event.ts";
import { isFault } from "../simulation/faults.ts";
import type { Mutant } from "./mutant.ts";
import { spoilEnrollments, spoilStores, withoutConditions } from "./spoil.ts";

/** The shipped adapter on a Step Functions that answers some commands otherwise. */
const spoilExecutions =
  (answer: (command: unknown, pass: () => Promise<unknown>) => Promise<unknown>): Mutant["spoil"] =>
  (parts) => ({
    ...parts,
    createExecutions: (client) => {
      const send = (command: Parameters<SFNClient["send"]>[0]) => answer(command, () => client.send(command));
      return parts.createExecutions({ send } as unknown as SFNClient);
    },
  });

const spoilEvents =
  (change: (event: ReadEvent) => ReadEvent): Mutant["spoil"] =>
  (parts) => ({
    ...parts,
    createEventReader(secrets, deploymentName) {
      const reader = parts.createEventReader(secrets, deploymentName);
      return {
        readEvent: async (...request) => {
          const event = await reader.readEvent(...request);
          return event && "noticeId" in event ? event : change(event);
        },
      };
    },
  });

const succeededAlready = () =>
  new ExecutionNotRedrivable({ message: "Execution is SUCCEEDED and cannot be redriven", $metadata: {} });

type ReadEvent = PaymentEvent | undefined;

export const CODE_MUTANTS: Mutant[] = [
  {
    name: "the enrollment is written without its condition",
    spoil: (parts) =>
      spoilStores((_stores, table) => {
        const { enrollments } = parts.createStores(withoutConditions(table));
        return { enrollments };
      })(parts),
  },
  {
    name: "the customer is linked without its condition",
    spoil: (parts) =>
      spoilStores((_stores, table) => {
        const { students } = parts.createStores(withoutConditions(table));
        return { students };
      })(parts),
  },
  {
    name: "an enrollment that stands is taken for one's own",
    spoil: spoilEnrollments((enrollments) => ({
      createEnrollment: async (enrollment) => (await enrollments.createEnrollment(enrollment)) || true,
    })),
  },
  {
    name: "a write without an answer is taken for done",
    spoil: spoilEnrollments((enrollments) => ({
      createEnrollment: (enrollment) =>
        enrollments.createEnrollment(enrollment).catch((error: unknown) => {
          if (isTransient(error)) return true;
          throw error;
        }),
    })),
  },
  {
    name: "AlreadyExists is answered 200 without a redrive",
    spoil: spoilExecutions((command, pass) =>
      command instanceof RedriveExecutionCommand ? Promise.reject(succeededAlready()) : pass(),
    ),
  },
  {
    name: "a start that fails is taken for a duplicate",
    spoil: spoilExecutions((_command, pass) =>
      pass().catch((error: unknown) => {
        if (isFault(error)) return {};
        throw error;
      }),
    ),
  },
  {
    name: "executions are named after the session instead of the event",
    spoil: (parts) => ({
      ...parts,
      createExecutions: (client) => {
        const executions = parts.createExecutions(client);
        const rename = <E extends { eventId: string; checkoutSessionId: string }>(event: E) => ({
          ...event,
          eventId: event.checkoutSessionId,
        });
        return { ...executions, startExecution: (event) => executions.startExecution(rename(event)) };
      },
    }),
  },
  {
    name: "an answer of 200 before anything is stored",
    spoil: (parts) => ({
      ...parts,
      createWebhook: (ports) => async (request) => {
        const answer = await parts.createWebhook(ports)(request);
        return answer.statusCode === 500 ? { ...answer, statusCode: 200 } : answer;
      },
    }),
  },
  {
    name: "the overflow queue is not waited for",
    spoil: (parts) => ({
      ...parts,
      createOverflowQueue: (client) => ({
        enqueue: (event) =>
          parts
            .createOverflowQueue(client)
            .enqueue(event)
            .catch(() => undefined),
      }),
    }),
  },
  {
    name: "the overflow consumer reports no failures",
    spoil: (parts) => ({
      ...parts,
      createOverflowQueueConsumer: (ports) => async (event, context) => {
        await parts.createOverflowQueueConsumer(ports)(event, context);
        return { batchItemFailures: [] };
      },
    }),
  },
  {
    name: "the reference is not compared with the metadata",
    spoil: spoilEvents((event) => event && { ...event, clientReferenceId: event.userId }),
  },
  {
    name: "async_payment_succeeded is ignored",
    spoil: spoilEvents((event) =>
      event?.eventType === "checkout.session.async_payment_succeeded" ? undefined : event,
    ),
  },
  {
    name: "the event's payment status is not looked at",
    spoil: spoilEvents((event) => event && { ...event, paymentStatus: "paid" }),
  },
];
