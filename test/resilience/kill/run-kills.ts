/** Kills the real local process under load, again and again in one data directory, and then checks the same promises. */
import { setTimeout as pause } from "node:timers/promises";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { PutCommand, paginateScan } from "@aws-sdk/lib-dynamodb";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { STATE_MACHINE_ARN, TABLE_NAME } from "#infra/local/names.ts";
import { student } from "#test/support/payment-events.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { createStackClients, type DeadLetter, type StackClients } from "#test/support/stack-clients.ts";
import { checkStores, type Violation } from "../check/check-stores.ts";
import { NOTHING_KNOWN } from "../check/final-stores.ts";
import { createRandom, type Random } from "../simulation/random.ts";
import { drawPurchase, type KillPurchase, LATE_COURSE } from "./purchases.ts";

export interface KillResult {
  seed: number;
  kills: number;
  purchases: number;
  settled: number;
  enrollments: number;
  deadLetters: number;
  resumed: number;
  violations: Violation[];
  seconds: number;
}

const PURCHASES_PER_KILL = 20;
const DELIVERIES = 2;
/** Deliveries at a time. Far more, and the machine's own queue of connections overflows. */
const AT_ONCE = 16;
/** Milliseconds. */
const STRIPE_PATIENCE = 20_000;

export async function runKills(
  { kills, seed }: { kills: number; seed: number },
  announce: (kills: number) => void,
): Promise<KillResult> {
  const startedAt = performance.now();
  const random = createRandom(seed);
  const place = await createStackPlace();
  const purchases: KillPurchase[] = [];
  let resumed = 0;
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const stack = await startRunningStack(place);
      resumed += stack.resumedExecutions;
      await loadAndKill(stack, purchases, random);
      announce(kill + 1);
    }
    const stack = await startRunningStack(place);
    resumed += stack.resumedExecutions;
    try {
      const ended = await settleAndCheck(createStackClients(stack), purchases);
      const settled = purchases.filter(isSettled).length;
      const seconds = (performance.now() - startedAt) / 1000;
      return { seed, kills, purchases: purchases.length, settled, resumed, seconds, ...ended };
    } finally {
      await stack.stop();
    }
  } finally {
    await removeStackPlace(place);
  }
}

async function loadAndKill(stack: RunningStack, purchases: KillPurchase[], random: Random): Promise<void> {
  const clients = createStackClients(stack);
  for (let count = 0; count < PURCHASES_PER_KILL; count += 1) {
    purchases.push(drawPurchase(purchases.length, random, purchases.at(-1 - random.below(5))));
  }
  for (const { userId } of purchases.slice(-PURCHASES_PER_KILL)) await putStudent(clients, userId);
  let killed: Promise<void> | undefined;
  let answersLeft = 1 + random.below(PURCHASES_PER_KILL * DELIVERIES - 5);
  const fuse = random.between(0, 30);
  // After so many answers, not after some time: on a slow machine too the kill falls into the midst of the work.
  await deliverOpen(clients, purchases, () => {
    answersLeft -= 1;
    if (answersLeft === 0) killed = pause(fuse).then(() => stack.kill());
    return killed !== undefined;
  });
  await (killed ?? stack.kill());
}

async function putStudent({ table }: StackClients, userId: string): Promise<void> {
  const put = { TableName: TABLE_NAME, Item: studentItem({ ...student, userId }) };
  await table.client
    .send(new PutCommand({ ...put, ConditionExpression: "attribute_not_exists(PK)" }))
    .catch(() => undefined);
}

/** As Stripe does: every event until it was answered 200, and then once more. */
async function deliverOpen(
  clients: StackClients,
  purchases: KillPurchase[],
  isOverAfterAnswer: () => boolean,
): Promise<void> {
  const open = purchases.flatMap((purchase) =>
    Array.from({ length: DELIVERIES - purchase.accepted }, () => purchase),
  );
  const rest = open.values();
  let over = false;
  async function deliverOn() {
    for (const purchase of rest) {
      if (over) return;
      await deliver(clients, purchase);
      over ||= isOverAfterAnswer();
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, deliverOn));
}

async function deliver(clients: StackClients, purchase: KillPurchase): Promise<void> {
  const posted = clients.postWebhook(purchase.payload).catch(() => undefined);
  const answer = await Promise.race([posted, pause(STRIPE_PATIENCE, undefined, { ref: false })]);
  if (answer?.status === 200) purchase.accepted += 1;
}

async function settleAndCheck(clients: StackClients, purchases: KillPurchase[]) {
  while (purchases.some(({ accepted }) => accepted < DELIVERIES)) {
    await deliverOpen(clients, purchases, () => false);
  }
  await untilNothingRuns(clients);
  const letters = await clients.takeDeadLetters();
  const violations = check(await scanTable(clients), purchases, letters);

  // What the dead letters name is mended and sent again: all of it must now be enrolled, or fail anew and say so.
  await clients.putItem(courseItem(LATE_COURSE));
  const named = new Set(letters.map(({ eventId }) => eventId));
  for (const purchase of purchases.filter(({ eventId }) => named.has(eventId)))
    await deliver(clients, purchase);
  await untilNothingRuns(clients);
  const items = await scanTable(clients);
  const later = await clients.takeDeadLetters();
  violations.push(...check(items, purchases, later));
  const late = later.filter(({ error }) => error === "CourseNotFound").map(({ eventId }) => eventId);
  violations.push(...late.map((eventId) => ({ promise: 3 as const, what: `${eventId} failed as before` })));
  const enrollments = items.filter(({ SK }) => String(SK).startsWith("ENROLLMENT#")).length;
  return { enrollments, deadLetters: letters.length, violations };
}

const isSettled = ({ session }: KillPurchase) => session.payment_status === "paid";

function check(
  items: Record<string, unknown>[],
  purchases: KillPurchase[],
  letters: DeadLetter[],
): Violation[] {
  const deadLetters = letters.map((letter) => JSON.stringify(letter));
  return checkStores({
    ...NOTHING_KNOWN,
    items,
    sessions: purchases.map(({ session }) => session),
    deadLetters,
    deadLettersEver: deadLetters,
  });
}

async function untilNothingRuns({ sfn }: StackClients): Promise<void> {
  for (;;) {
    const running = new ListExecutionsCommand({
      stateMachineArn: STATE_MACHINE_ARN,
      statusFilter: "RUNNING",
    });
    const { executions = [] } = await sfn.send(running);
    if (executions.length === 0) return;
    await pause(100);
  }
}

async function scanTable({ table }: StackClients): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  const scan = { TableName: TABLE_NAME, ConsistentRead: true };
  for await (const page of paginateScan({ client: table.client }, scan)) items.push(...(page.Items ?? []));
  return items;
}
