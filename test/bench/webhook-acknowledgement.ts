/** How long Stripe waits for us, against the least that any webhook must do: one signature check, one StartExecution. */
import { Agent, request } from "node:http";
import { Stripe } from "stripe";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { webhookEvent } from "#test/support/gateway-events.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import type { RunningStack } from "#test/support/running-stack.ts";
import { signRequest } from "#test/support/sign-request.ts";
import type { Figure } from "./figure.ts";
import { interleave, mostCalls } from "./interleave.ts";
import { loadHandler, setHandlerEnvironment } from "./load-bundle.ts";
import { createPurchases, type Delivery } from "./purchases.ts";
import type { StackBenchRun } from "./run-bench.ts";

export type WebhookHandler = (event: object) => Promise<{ statusCode: number; body: string }>;

const SECTION = "Webhook acknowledgement";

/** The stack's own endpoint; every event is of a settled purchase, so executions run beside the next calls. */
export async function measureAcknowledgement({
  stack,
  sizes,
  report,
  directory,
}: StackBenchRun): Promise<Figure[]> {
  setHandlerEnvironment(stack);
  const handler = await loadHandler<WebhookHandler>("webhook.ts", directory);
  const purchases = createPurchases(stack);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const figures: Figure[] = [];
  try {
    for (const load of [
      { atOnce: 1, calls: sizes.acknowledgements, turns: 20 },
      { atOnce: 32, calls: 3 * sizes.acknowledgements, turns: 3 },
    ]) {
      const turns = { ...load, settle: purchases.waitUntilIdle };
      const { atOnce } = load;
      report(`acknowledgement, ${atOnce} at a time: students`);
      const students = await purchases.createStudents(`acknowledged-${atOnce}`, 2 * mostCalls(turns));
      const deliveries = students.map(purchases.deliver);
      const next = (index: number) => deliveries[index] as Delivery;
      report(`acknowledgement, ${atOnce} at a time`);
      const measured = await interleave(
        {
          ours: (index) => acknowledge(handler, next(index)),
          floor: (index) => postStraight(stack, agent, next(index)),
        },
        turns,
      );
      for (const [share, atMost] of [
        ["p50", 1.25],
        ["p99", 1.5],
      ] as const) {
        figures.push({
          section: SECTION,
          name: `${share}, ${atOnce} at a time`,
          unit: "ms",
          ours: measured.ours[share],
          floor: measured.floor[share],
          atMost,
        });
      }
    }
  } finally {
    agent.destroy();
  }
  return figures;
}

export async function acknowledge(handler: WebhookHandler, { payload, signature }: Delivery): Promise<void> {
  const { statusCode, body } = await handler(webhookEvent(payload, signature));
  if (statusCode !== 200 || !body.includes("started"))
    throw new Error(`the webhook answered ${statusCode}: ${body}`);
}

/** Without the SDK: verified, signed and sent by hand, which is less than the least that a webhook can do. */
export async function postStraight(
  { awsUrl, accessKey }: Pick<RunningStack, "awsUrl" | "accessKey">,
  agent: Agent,
  { payload, signature }: Delivery,
): Promise<void> {
  const { id } = Stripe.webhooks.constructEvent(payload, signature, STAND_IN_STRIPE.webhookSecret);
  const userId = id.replace(/^evt_/, "");
  const input = paymentEvent({
    eventId: id,
    checkoutSessionId: `cs_test_${userId}`,
    userId,
    clientReferenceId: userId,
    customerId: `cus_${userId}`,
  });
  const body = JSON.stringify({
    stateMachineArn: STATE_MACHINE_ARN,
    name: id,
    input: JSON.stringify(input),
  });
  const call = { url: `${awsUrl}/`, target: "AWSStepFunctions.StartExecution", body };
  const headers = await signRequest(call, accessKey);
  return new Promise((resolve, reject) => {
    request(awsUrl, { method: "POST", agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`StartExecution answered ${answer.statusCode}`));
      answer.resume().on("end", resolve);
    })
      .on("error", reject)
      .end(body);
  });
}
