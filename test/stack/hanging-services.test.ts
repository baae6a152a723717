import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { inTime } from "#handlers/adapters/in-time.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { type LocalStack, startStack } from "#infra/local/stack.ts";
import { createAwsFaults } from "#infra/operate/records/aws-faults.ts";
import { student } from "#test/support/payment-events.ts";
import { createStackPlace, removeStackPlace, type StackPlace } from "#test/support/running-stack.ts";
import { createStackClients, type StackClients } from "#test/support/stack-clients.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";

const COURSE = "TEST-COURSE-003";
/** Milliseconds that Stripe is to wait for an answer, whatever hangs. */
const WEBHOOK_ANSWERS = 12_000;
/** What the consumer could not start comes back in the test's time, not in AWS's three minutes. */
const overflowVisibilitySeconds = 2;

let place: StackPlace;
let stack: LocalStack;
let clients: StackClients;

beforeAll(async () => {
  place = await createStackPlace();
  stack = await startStack(
    { ...place, stripe: STAND_IN_STRIPE, withClient: false, logLevel: "SILENT", overflowVisibilitySeconds },
    () => {},
  );
  clients = createStackClients(stack);
});

afterEach(() => hang());
afterAll(async () => {
  await stack?.close();
  await removeStackPlace(place);
});

const hang = (...targets: string[]) =>
  createAwsFaults(stack.awsUrl).setFaults(targets.map((target) => ({ target, kind: "hang" })));

/** The first needs the signing secret, which nobody has read yet. */
test.each([
  ["Secrets Manager", ["secretsmanager."], 500, { error: { code: "not_stored" } }],
  ["Step Functions", ["AWSStepFunctions."], 200, { queued: true }],
  ["SQS", ["AmazonSQS.SendMessage"], 200, { started: true }],
  ["DynamoDB", ["DynamoDB_20120810."], 200, { started: true }],
  [
    "Step Functions and SQS",
    ["AWSStepFunctions.", "AmazonSQS.SendMessage"],
    500,
    { error: { code: "not_stored" } },
  ],
])(
  "while %s hangs, the webhook gives its own answer in time, and nothing is lost",
  {
    timeout: 120_000,
  },
  async (what, targets, status, body) => {
    const name = `hanging-${what.replaceAll(" ", "-")}`;
    const userId = `user-${name}`;
    await clients.putItem(studentItem({ ...student, userId }));
    const payload = purchaseEvent(name, { courseId: COURSE });
    await hang(...targets);
    const answer = await inTime(clients.postWebhook(payload), WEBHOOK_ANSWERS, "the webhook");
    expect(answer).toMatchObject({ status, body });
    await hang();

    // As Stripe does with what was not answered 200.
    if (status !== 200) await clients.deliver(payload);
    await expect
      .poll(() => clients.readItem(`USER#${userId}`, `ENROLLMENT#${COURSE}`), {
        timeout: 90_000,
        interval: 100,
      })
      .toMatchObject({ stripeSessionId: `cs_test_${name}` });
    expect(await clients.takeDeadLetters()).toEqual([]);
  },
);
