/** How long Stripe waits for us, against the least that any webhook must do: one signature check, one StartExecution. */
import { Agent, request } from "node:http";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
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

type Acknowledge = (delivery: Delivery) => Promise<void>;

/** The stack's own endpoint; every event is of a settled purchase, so executions run beside the next calls. */
export async function measureAcknowledgement({
  stack,
  sizes: { acknowledgements },
  report,
  directory,
}: StackBenchRun): Promise<Figure[]> {
  setHandlerEnvironment(stack);
  const handler = await loadHandler<WebhookHandler>("webhook.ts", directory);
  const purchases = createPurchases(stack);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const client = new SFNClient({});
  const ours: Acknowledge = (delivery) => acknowledge(handler, delivery);
  const floor: Acknowledge = (delivery) => postStraight(stack, agent, delivery);
  const sdk: Acknowledge = async (delivery) => {
    await client.send(new StartExecutionCommand(startOf(delivery)));
  };

  async function measure<Name extends string>(
    load: { atOnce: number; calls: number; turns: number },
    subjects: Record<Name, Acknowledge>,
  ) {
    const turns = { ...load, settle: purchases.waitUntilIdle };
    const all = Object.entries<Acknowledge>(subjects);
    report(`acknowledgement, ${load.atOnce} at a time: students`);
    const count = all.length * mostCalls(turns);
    const deliveries = (await purchases.createStudents(`acknowledged-${load.atOnce}`, count)).map(
      purchases.deliver,
    );
    report(`acknowledgement, ${load.atOnce} at a time`);
    const calls = all.map(([name, call]) => [name, (index: number) => call(deliveries[index] as Delivery)]);
    return interleave<Name>(Object.fromEntries(calls), turns);
  }

  try {
    const one = await measure({ atOnce: 1, calls: acknowledgements, turns: 20 }, { ours, floor, sdk });
    const many = await measure({ atOnce: 32, calls: 3 * acknowledgements, turns: 3 }, { ours, floor });
    const figure = { section: SECTION, unit: "ms" } as const;
    const beside = (share: "p50" | "p99", { ours, floor }: typeof many) => ({
      ...figure,
      ours: ours[share],
      floor: floor[share],
    });
    return [
      { ...beside("p50", one), name: "p50, 1 at a time" },
      {
        ...figure,
        name: "p50, more than the floor",
        ours: one.ours.p50 - one.floor.p50,
        atMost: MOST_MORE_MS,
      },
      {
        ...beside("p50", { ours: one.ours, floor: one.sdk }),
        name: "p50, against the AWS SDK as it comes",
        // No slower; the rest is what differs between two runs of the same.
        atMost: 1.1,
      },
      { ...beside("p99", one), name: "p99, 1 at a time", atMost: 1.5 },
      { ...beside("p50", many), name: "p50, 32 at a time", atMost: 1.25 },
      { ...beside("p99", many), name: "p99, 32 at a time", atMost: 1.5 },
    ];
  } finally {
    agent.destroy();
    client.destroy();
  }
}

/** A quarter of what the floor took when this was first measured, at an endpoint that was four times slower. */
const MOST_MORE_MS = 1.6;

export async function acknowledge(handler: WebhookHandler, { payload, signature }: Delivery): Promise<void> {
  const { statusCode, body } = await handler(webhookEvent(payload, signature));
  if (statusCode !== 200 || !body.includes("started"))
    throw new Error(`the webhook answered ${statusCode}: ${body}`);
}

/** Verified, and nothing else: what every webhook must send. */
function startOf({ payload, signature }: Delivery) {
  const { id } = Stripe.webhooks.constructEvent(payload, signature, STAND_IN_STRIPE.webhookSecret);
  const userId = id.replace(/^evt_/, "");
  const input = paymentEvent({
    eventId: id,
    checkoutSessionId: `cs_test_${userId}`,
    userId,
    clientReferenceId: userId,
    customerId: `cus_${userId}`,
  });
  return { stateMachineArn: STATE_MACHINE_ARN, name: id, input: JSON.stringify(input) };
}

/** Without the SDK: signed and sent by hand, which is less than the least that a webhook can do. */
export async function postStraight(
  { awsUrl, accessKey }: Pick<RunningStack, "awsUrl" | "accessKey">,
  agent: Agent,
  delivery: Delivery,
): Promise<void> {
  const body = JSON.stringify(startOf(delivery));
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
