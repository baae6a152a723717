/** How long Stripe waits for us: against the least that any webhook must do, and against enrolling inside the request. */
import { Agent, request } from "node:http";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { Stripe } from "stripe";
import { SIGNING_SECRET, sign, stripeEvent } from "#test/support/stripe-events.ts";
import type { TableState } from "./aws-stub.ts";
import { bundleHandler, loadBundle, setHandlerEnvironment } from "./bundle-handler.ts";
import type { Figure } from "./figure.ts";
import { interleave } from "./interleave.ts";
import type { BenchRun } from "./run-bench.ts";
import { startAwsStub } from "./start-aws-stub.ts";

type Handler = (event: object) => Promise<{ statusCode: number; body: string }>;

const payload = stripeEvent();
const event = () => ({
  body: payload,
  headers: { "stripe-signature": sign(payload) },
  isBase64Encoded: false,
  requestContext: { requestId: "bench" },
});

export async function measureAcknowledgement({ say, sizes, directory }: BenchRun): Promise<Figure[]> {
  const stub = await startAwsStub();
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  setHandlerEnvironment({ awsUrl: stub.url });
  const { handler } = await loadBundle<{ handler: Handler }>(
    await bundleHandler("handlers/webhook.ts", directory),
  );
  const ours = () => acknowledge(handler);
  const floor = () => postStraight(stub.url, agent);
  const synchronous = createSynchronousWebhook(stub.url);
  const figures: Figure[] = [];
  try {
    await ours();
    for (const atOnce of [1, 32]) {
      say(`acknowledgement, ${atOnce} at a time`);
      const measured = await interleave({ ours, floor }, { calls: sizes.acknowledgements, atOnce });
      for (const [share, atMost] of [
        ["p50", 1.25],
        ["p99", 1.5],
      ] as const) {
        figures.push({
          section: "Webhook acknowledgement",
          name: `${share}, ${atOnce} at a time`,
          unit: "ms",
          ours: measured.ours[share],
          floor: measured.floor[share],
          atMost,
        });
      }
    }
    let healthy = 0;
    for (const table of ["healthy", "slow", "down"] satisfies TableState[]) {
      say(`against enrolling inside the request, table ${table}`);
      await stub.turnTable(table);
      const calls = table === "healthy" ? sizes.acknowledgements : sizes.slowAcknowledgements;
      const measured = await interleave({ ours, synchronous }, { calls, atOnce: 1 });
      if (table === "healthy") healthy = measured.ours.p50;
      figures.push(...compareWithSynchronous(table, measured, healthy));
    }
  } finally {
    stub.close();
    agent.destroy();
  }
  return figures;
}

function compareWithSynchronous(
  table: TableState,
  measured: Record<"ours" | "synchronous", { p50: number }>,
  healthy: number,
): Figure[] {
  const section = "Against the synchronous design";
  const ours = measured.ours.p50;
  const theirs = { section, name: `it takes, as a multiple of ours, table ${table}`, unit: "ms" } as const;
  return [
    { ...theirs, ours: measured.synchronous.p50, floor: ours, ...(table === "healthy" && { atLeast: 1.5 }) },
    ...(table === "healthy"
      ? []
      : [{ section, name: `ours, table ${table}`, unit: "ms", ours, floor: healthy, atMost: 1.1 } as const]),
  ];
}

async function acknowledge(handler: Handler): Promise<void> {
  const { statusCode, body } = await handler(event());
  if (statusCode !== 200 || !body.includes("started"))
    throw new Error(`the webhook answered ${statusCode}: ${body}`);
}

/** The least that a webhook must do: verify, and start the execution with one request that nobody signs. */
function postStraight(url: string, agent: Agent): Promise<void> {
  const { headers } = event();
  const verified = Stripe.webhooks.constructEvent(payload, headers["stripe-signature"], SIGNING_SECRET);
  const input = JSON.stringify({ name: verified.id, input: JSON.stringify({ type: verified.type }) });
  return new Promise((resolve, reject) => {
    const target = { "x-amz-target": "AWSStepFunctions.StartExecution" };
    request(url, { method: "POST", agent, headers: target }, (answer) => answer.resume().on("end", resolve))
      .on("error", reject)
      .end(input);
  });
}

/** The other design: read, write and link before answering, each with the SDK's three tries. */
function createSynchronousWebhook(endpoint: string) {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, maxAttempts: 3 }));
  const TableName = "bursar-education";
  const student = { PK: "USER#user-ada", SK: "METADATA" };
  const enrollment = { PK: "USER#user-ada", SK: "ENROLLMENT#TEST-COURSE-003" };
  return async () => {
    Stripe.webhooks.constructEvent(payload, event().headers["stripe-signature"], SIGNING_SECRET);
    await client.send(new GetCommand({ TableName, Key: enrollment }));
    await client.send(
      new PutCommand({ TableName, Item: enrollment, ConditionExpression: "attribute_not_exists(PK)" }),
    );
    await client.send(
      new UpdateCommand({
        TableName,
        Key: student,
        UpdateExpression: "SET stripeCustomerId = :id",
        ExpressionAttributeValues: { ":id": "cus_1" },
      }),
    );
  };
}
