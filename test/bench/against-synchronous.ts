/**
 * The other design: verify, then read, write the enrollment and link the customer before answering. Every AWS call costs
 * both the same here, at a stub whose table can be slow or down.
 */
import { Agent } from "node:http";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { Stripe } from "stripe";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";
import { sign, stripeEvent } from "#test/support/stripe-events.ts";
import type { StubState } from "./aws-stub.ts";
import type { Figure } from "./figure.ts";
import { repeat, summarize } from "./interleave.ts";
import { loadHandler, setHandlerEnvironment } from "./load-bundle.ts";
import type { Delivery } from "./purchases.ts";
import type { BenchRun } from "./run-bench.ts";
import { startAwsStub } from "./start-aws-stub.ts";
import { acknowledge, postStraight, type WebhookHandler } from "./webhook-acknowledgement.ts";

type TableState = StubState["table"];
const STATES = ["healthy", "slow", "down"] as const satisfies TableState[];
/** So many that each state of the table comes first as often as the others. */
const TURNS = 21;
/** Not measured: after each change of the table, until all is as before. */
const SETTLING_CALLS = 10;
/** Of the other design, which waits for the table: a few calls a turn tell all. */
const CALLS_WHILE_UNWELL = 2;

const SECTION = "Against enrolling inside the request, at a stub";

const DESIGNS = ["ours", "theirs", "floor"] as const;
type Design = (typeof DESIGNS)[number];

export async function measureAgainstSynchronous({ report, sizes, directory }: BenchRun): Promise<Figure[]> {
  const stub = await startAwsStub();
  const agent = new Agent({ keepAlive: true });
  setHandlerEnvironment({ awsUrl: stub.url });
  try {
    const handler = await loadHandler<WebhookHandler>("webhook.ts", directory);
    const payload = stripeEvent();
    const delivery = { payload, signature: sign(payload, STAND_IN_STRIPE.webhookSecret) };
    const enrollInside = createSynchronousWebhook(stub.url, delivery);
    const designs: Record<Design, (state: TableState) => Promise<void>> = {
      ours: () => acknowledge(handler, delivery),
      theirs: (state) => (state === "down" ? expectFailure(enrollInside) : enrollInside()),
      floor: () => postStraight({ awsUrl: stub.url, accessKey: TEST_ACCESS_KEY }, agent, delivery),
    };
    const times: Record<Design, Partial<Record<TableState, number[]>>> = { ours: {}, theirs: {}, floor: {} };
    const calls = Math.ceil(sizes.acknowledgements / TURNS);
    for (const design of DESIGNS) await repeat(() => designs[design]("healthy"), calls, 1);
    for (let turn = 1; turn <= TURNS; turn++) {
      report(`against enrolling inside the request, turn ${turn} of ${TURNS}`);
      // Who comes first pays for what the one before has left to be collected, so each state has its turn at that.
      const states = STATES.map((_, place) => STATES[(turn + place) % STATES.length] as TableState);
      for (const design of DESIGNS) {
        for (const state of states) {
          await stub.turn({ table: state });
          const call = () => designs[design](state);
          const isWaiting = design === "theirs" && state !== "healthy";
          if (!isWaiting) await repeat(call, SETTLING_CALLS, 1);
          const taken = await repeat(call, isWaiting ? CALLS_WHILE_UNWELL : calls, 1);
          times[design][state] = [...(times[design][state] ?? []), ...taken];
        }
      }
    }
    return compare((design, state) => summarize(times[design][state] ?? []).p50);
  } finally {
    stub.close();
    agent.destroy();
  }
}

function compare(p50: (design: Design, state: TableState) => number): Figure[] {
  const theirs = (state: TableState, name: string): Figure => ({
    section: SECTION,
    name,
    unit: "ms",
    ours: p50("theirs", state),
    floor: p50("ours", state),
    atLeast: 1.5,
  });
  const unmoved = (state: TableState): Figure => ({
    section: SECTION,
    name: `ours with the table ${state}, against itself`,
    unit: "ms",
    ours: p50("ours", state),
    floor: p50("ours", "healthy"),
    atMost: 1.1,
  });
  return [
    theirs("healthy", "that one against ours"),
    theirs("slow", "that one with the table slow"),
    theirs("down", "that one fails with the table down, after"),
    unmoved("slow"),
    unmoved("down"),
    // No bar: this is what the AWS SDK's client costs. Over HTTP, as Stripe calls, there is one, in the next section.
    {
      section: SECTION,
      name: "ours against the floor of below",
      unit: "ms",
      ours: p50("ours", "healthy"),
      floor: p50("floor", "healthy"),
    },
  ];
}

async function expectFailure(call: () => Promise<void>): Promise<void> {
  const failed = await call().then(
    () => false,
    () => true,
  );
  if (!failed) throw new Error("the table was not down");
}

/** Each call with the SDK's three tries. */
function createSynchronousWebhook(endpoint: string, { payload, signature }: Delivery) {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, maxAttempts: 3 }));
  const TableName = "bursar-education";
  const student = { PK: "USER#user-ada", SK: "METADATA" };
  const enrollment = { PK: "USER#user-ada", SK: "ENROLLMENT#TEST-COURSE-003" };
  const put = { TableName, Item: enrollment, ConditionExpression: "attribute_not_exists(PK)" };
  const link = {
    TableName,
    Key: student,
    UpdateExpression: "SET stripeCustomerId = :id",
    ExpressionAttributeValues: { ":id": "cus_1" },
  };
  return async () => {
    Stripe.webhooks.constructEvent(payload, signature, STAND_IN_STRIPE.webhookSecret);
    await client.send(new GetCommand({ TableName, Key: enrollment }));
    await client.send(new PutCommand(put));
    await client.send(new UpdateCommand(link));
  };
}
