/** A student's dashboard with a large catalogue: requests per second, and what each asks of the table. */
import diagnostics from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { queryAll } from "#handlers/adapters/dynamodb/table.ts";
import { claimsOf, gatewayEvent } from "#test/support/gateway-events.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { paidEnrollment } from "#test/support/purchases.ts";
import { createStackClients, type StackClients } from "#test/support/stack-clients.ts";
import type { Figure } from "./figure.ts";
import { interleave, repeat } from "./interleave.ts";
import { loadHandler, setHandlerEnvironment } from "./load-bundle.ts";
import type { StackBenchRun } from "./run-bench.ts";

type Handler = (event: object, context: object) => Promise<{ statusCode: number; body: string }>;

const SECTION = "API dashboard";
const COURSES = 500;
const ENROLLMENTS = 200;
const AT_ONCE = 8;
const USER_ID = "bench-dashboard";

export async function measureApi({ stack, sizes, report, directory }: StackBenchRun): Promise<Figure[]> {
  report(`a student with ${ENROLLMENTS} enrollments among ${COURSES} courses`);
  const clients = createStackClients(stack);
  await fillTable(clients);
  setHandlerEnvironment(stack);
  const handler = await loadHandler<Handler>("api.ts", directory);
  const dashboard = async () => {
    await Promise.all([get(handler, "/api/courses"), get(handler, "/api/enrollments")]);
  };
  const operations = await countTableOperations(dashboard);

  report("dashboard requests");
  const turns = { calls: sizes.dashboardRequests, atOnce: AT_ONCE, turns: 6 };
  const measured = await interleave({ ours: dashboard, floor: () => queryStraight(clients) }, turns);
  return [
    {
      section: SECTION,
      name: "p50, two queries",
      unit: "ms",
      ours: measured.ours.p50,
      floor: measured.floor.p50,
    },
    {
      section: SECTION,
      name: "p99, two queries",
      unit: "ms",
      ours: measured.ours.p99,
      floor: measured.floor.p99,
    },
    {
      section: SECTION,
      name: "dashboards",
      unit: "per second",
      ours: measured.ours.perSecond,
      floor: measured.floor.perSecond,
    },
    { section: SECTION, name: "scans per dashboard", unit: "count", ours: operations.scans, atMost: 0 },
    {
      section: SECTION,
      name: "table requests per dashboard",
      unit: "count",
      ours: operations.all,
      atMost: 4,
    },
  ];
}

async function fillTable({ table, putItem }: StackClients): Promise<void> {
  const courseId = (index: number) => `BENCH-COURSE-${index}`;
  const enrollments = createEnrollmentStore(table);
  await repeat(
    async (index) => {
      await putItem(courseItem({ ...paidCourse, courseId: courseId(index) }));
      if (index < ENROLLMENTS) {
        await enrollments.createEnrollment(paidEnrollment({ userId: USER_ID, courseId: courseId(index) }));
      }
    },
    COURSES,
    8,
  );
}

async function get(handler: Handler, path: string): Promise<void> {
  const { statusCode, body } = await handler(gatewayEvent({ path, claims: claimsOf(USER_ID) }), {});
  if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${body}`);
}

/** The same two lists, read as directly as can be. */
async function queryStraight({ table }: StackClients): Promise<void> {
  await Promise.all([
    queryAll(table, {
      IndexName: "GSI1",
      KeyConditionExpression: "GSI1PK = :courses",
      ExpressionAttributeValues: { ":courses": "COURSES" },
    }),
    queryAll(table, {
      KeyConditionExpression: "PK = :student",
      ExpressionAttributeValues: { ":student": `USER#${USER_ID}` },
    }),
  ]);
}

/** What one call asks of DynamoDB, seen at this process's own HTTP requests. */
async function countTableOperations(call: () => Promise<void>): Promise<{ all: number; scans: number }> {
  const targets: string[] = [];
  const note = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    targets.push(String(request.getHeader("x-amz-target")));
  };
  await call();
  diagnostics.subscribe("http.client.request.start", note);
  await call();
  diagnostics.unsubscribe("http.client.request.start", note);
  const operations = targets.filter((target) => target.startsWith("DynamoDB"));
  return { all: operations.length, scans: operations.filter((target) => target.endsWith(".Scan")).length };
}
