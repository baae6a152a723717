/** Whether the console's lists, and its way from an e-mail to a repaired purchase, cost the same with a full store. */
import { performance } from "node:perf_hooks";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { keys } from "#handlers/adapters/dynamodb/table.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import type { ExecutionsPage, Found } from "#infra/operate/console/contract.ts";
import { startConsole } from "#infra/operate/console/start-console.ts";
import { seedExecutions } from "#test/end-to-end/seed-executions.ts";
import { failPurchase } from "#test/support/failed-purchase.ts";
import { student } from "#test/support/payment-events.ts";
import { openPurchase } from "#test/support/purchases.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import type { Figure } from "./figure.ts";
import { interleave, repeat } from "./interleave.ts";
import type { BenchRun } from "./run-bench.ts";

const SECTION = "Console";
const AT_MOST = 1.2;
const REPAIR_MS = 3_000;
const LISTINGS = 400;
const REPAIRS = 5;
/** As many as DynamoDB writes at once; a student and a purchase each. */
const STUDENTS_AT_ONCE = 12;

interface Filled {
  stack: RunningStack;
  read: <Answer>(path: string, body?: object) => Promise<Answer>;
}

export async function measureConsole({ sizes, report }: BenchRun): Promise<Figure[]> {
  const [few, many] = sizes.consoleExecutions;
  return onFilled(few, report, (small) =>
    onFilled(many, report, (large) => measure(small, large, many, report)),
  );
}

async function measure(small: Filled, large: Filled, count: number, report: BenchRun["report"]) {
  const pages: [name: string, pathIn: (filled: Filled) => Promise<string>][] = [
    ["the newest page", async () => "executions"],
    ["a page by status", async () => "executions?status=SUCCEEDED"],
    ["the oldest page", findOldestPage],
  ];
  const figures: Figure[] = [];
  for (const [name, pathIn] of pages) {
    report(`console, ${name}`);
    const subjects = {
      ours: listAgain(large, await pathIn(large)),
      floor: listAgain(small, await pathIn(small)),
    };
    const { ours, floor } = await interleave(subjects, { calls: LISTINGS, atOnce: 1, turns: 20 });
    const figure = {
      section: SECTION,
      unit: "ms" as const,
      ours: ours.p50,
      floor: floor.p50,
      atMost: AT_MOST,
    };
    figures.push({ ...figure, name: `${name} with ${count}` });
  }
  report("console, from an e-mail to the repaired purchase");
  const slowest = Math.max(...(await repeat((index) => repairOnce(large, index), REPAIRS, 1)));
  const name = `from an e-mail to the repaired purchase with ${count}, slowest`;
  return [...figures, { section: SECTION, name, unit: "ms" as const, ours: slowest, atMost: REPAIR_MS }];
}

/** As whoever has searched for the fiftieth execution ever, and goes on from its time. */
async function findOldestPage({ read }: Filled): Promise<string> {
  const [fiftieth] = (await read<ExecutionsPage>("executions?text=evt_seeded_00050")).executions;
  return `executions?until=${fiftieth?.startedAt}`;
}

const listAgain =
  ({ read }: Filled, path: string) =>
  async () => {
    const { executions } = await read<ExecutionsPage>(path);
    if (executions.length === 0) throw new Error(`the console lists nothing at ${path}`);
  };

/** @returns milliseconds of the two actions: find it, and redrive what the advice names, until it is seen enrolled */
async function repairOnce({ stack, read }: Filled, index: number): Promise<number> {
  const { student: buyer } = await failPurchase(`bench-repair-${index}`, stack, createStackClients(stack));
  const find = () => read<Found>(`find?id=${encodeURIComponent(buyer.email)}`);
  const startedAt = performance.now();
  const advised = (await find()).dossier?.purchases[0]?.next.acts[0];
  if (advised?.action !== "redrive") throw new Error("the console does not advise to redrive");
  await read("acts", advised);
  for (;;) {
    const [purchase] = (await find()).dossier?.purchases ?? [];
    if (purchase?.enrollment) return performance.now() - startedAt;
    if (performance.now() - startedAt > 20 * REPAIR_MS) throw new Error("the purchase is not repaired");
  }
}

async function onFilled<Result>(
  count: number,
  report: BenchRun["report"],
  work: (filled: Filled) => Promise<Result>,
): Promise<Result> {
  report(`console, ${count} executions, students and purchases`);
  const place = await createStackPlace();
  try {
    await seedExecutions(place.dataDir, count);
    const stack = await startRunningStack(place, {});
    try {
      await fillTable(stack, count);
      const console = await startConsole({
        port: 0,
        aws: awsOf(stack),
        stateMachineArn: STATE_MACHINE_ARN,
        mayRedrive: true,
        stripeApiBase: stack.stripeUrl,
      });
      try {
        return await work({ stack, read: readerOf(console.url) });
      } finally {
        await console.close();
      }
    } finally {
      await stack.stop();
    }
  } finally {
    await removeStackPlace(place);
  }
}

async function fillTable(stack: RunningStack, count: number): Promise<void> {
  const { table } = createStackClients(stack);
  await repeat(
    async (batch) => {
      const first = batch * STUDENTS_AT_ONCE;
      const items = Array.from({ length: Math.min(STUDENTS_AT_ONCE, count - first) }, (_, index) => {
        const userId = `user-seeded-${first + index}`;
        const checkoutSessionId = `cs_test_seeded_${first + index}`;
        const purchase = openPurchase({ userId, checkoutSessionId });
        return [
          studentItem({ ...student, userId, email: `${userId}@example.com` }),
          { ...keys.purchase(userId, checkoutSessionId), ...purchase },
        ];
      });
      const requests = items.flat().map((Item) => ({ PutRequest: { Item } }));
      await table.client.send(new BatchWriteCommand({ RequestItems: { [table.tableName]: requests } }));
    },
    Math.ceil(count / STUDENTS_AT_ONCE),
    4,
  );
}

const readerOf =
  (url: string): Filled["read"] =>
  async <Answer>(path: string, body?: object) => {
    const headers = { "content-type": "application/json", "x-bursar-console": "1" };
    const response = await fetch(
      `${url}/api/${path}`,
      body && { method: "POST", headers, body: JSON.stringify(body) },
    );
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
