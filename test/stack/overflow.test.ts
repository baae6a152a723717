import { paginateListExecutions } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, test } from "vitest";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { type LocalStack, startStack } from "#infra/local/stack.ts";
import { student as someStudent } from "#test/support/payment-events.ts";
import { createStackPlace, removeStackPlace, type StackPlace } from "#test/support/running-stack.ts";
import { createStackClients, type StackClients } from "#test/support/stack-clients.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import { startThrottlingProxy, type ThrottlingProxy } from "#test/support/throttling-proxy.ts";

const COURSE = "TEST-COURSE-003";
const BURST = 120;
/** A small AWS: what it takes is far below what comes in. */
const QUOTA = { perSecond: 5, burst: 5 };
/** What the consumer could not start within its patience comes back in the test's time, not in AWS's three minutes. */
const overflowVisibilitySeconds = 2;

let place: StackPlace;
let proxy: ThrottlingProxy;
let stack: LocalStack;
let clients: StackClients;

beforeAll(async () => {
  place = await createStackPlace();
  proxy = await startThrottlingProxy(`http://localhost:${place.ports.aws}`, QUOTA);
  stack = await startStack(
    {
      ...place,
      stripe: STAND_IN_STRIPE,
      withClient: false,
      stepFunctionsUrl: proxy.url,
      overflowVisibilitySeconds,
    },
    () => {},
  );
  clients = createStackClients(stack);
});

afterAll(async () => {
  await stack?.close();
  await proxy?.close();
  await removeStackPlace(place);
});

async function listExecutions() {
  const found: { name: string; status: string }[] = [];
  const pages = paginateListExecutions({ client: clients.sfn }, { stateMachineArn: STATE_MACHINE_ARN });
  for await (const { executions = [] } of pages)
    found.push(...executions.map(({ name = "", status = "" }) => ({ name, status })));
  return found;
}

test("a burst beyond StartExecution's quota is answered 200 and drained at the quota: nothing lost, nothing twice", {
  timeout: 120_000,
}, async () => {
  const names = Array.from({ length: BURST }, (_, number) => `burst-${number}`);
  const payloads = names.map((name) => purchaseEvent(name, { courseId: COURSE }));
  for (const name of names) {
    const Item = studentItem({ ...someStudent, userId: `user-${name}` });
    await clients.putItem(Item);
  }

  const answers = await Promise.all(payloads.map((payload) => clients.postWebhook(payload)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const queued = answers.filter(({ body }) => body["queued"]);
  expect(queued.length).toBeGreaterThan(0);
  expect(proxy.throttled()).toBeGreaterThan(0);

  await expect
    .poll(listExecutions, { timeout: 90_000, interval: 250 })
    .toSatisfy((executions: { status: string }[]) => {
      return executions.length >= BURST && executions.every(({ status }) => status !== "RUNNING");
    });
  const executions = await listExecutions();
  expect(executions.map(({ name }) => name).sort()).toEqual(names.map((name) => `evt_${name}`).sort());
  expect(new Set(executions.map(({ status }) => status))).toEqual(new Set(["SUCCEEDED"]));
  for (const name of names) {
    await expect(clients.readItem(`USER#user-${name}`, `ENROLLMENT#${COURSE}`)).resolves.toMatchObject({
      stripeSessionId: `cs_test_${name}`,
    });
  }
  await expect(clients.takeDeadLetters()).resolves.toEqual([]);

  // Stripe delivers some of them again: by now they are duplicates, however they were started.
  const again = await Promise.all(payloads.slice(0, 5).map((payload) => clients.postWebhook(payload)));
  for (const { body } of again) expect(body).toSatisfy((answer) => answer.duplicate || answer.queued);
});
