/** A student's dashboard with a large catalogue: how long it takes, what it asks of the table, and how large the answers are. */
import diagnostics from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { createAwsClient } from "#handlers/adapters/aws-client.ts";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { createEnrollmentStore } from "#handlers/adapters/dynamodb/enrollments.ts";
import { PATIENCE } from "#handlers/adapters/patience.ts";
import { claimsOf, gatewayEvent } from "#test/support/gateway-events.ts";
import { largeCourse } from "#test/support/large-course.ts";
import { paidEnrollment } from "#test/support/purchases.ts";
import { createStackClients, type StackClients } from "#test/support/stack-clients.ts";
import { MOST_COURSES } from "#workflow/catalogue.ts";
import type { Figure } from "./figure.ts";
import { interleave, repeat } from "./interleave.ts";
import { loadHandler, setHandlerEnvironment } from "./load-bundle.ts";
import type { StackBenchRun } from "./run-bench.ts";

type Handler = (event: object, context: object) => Promise<{ statusCode: number; body: string }>;

const SECTION = "API dashboard";
const COURSES = 2_000;
const ENROLLMENTS = 1_000;
const AT_ONCE = 8;
const USER_ID = "bench-dashboard";

export async function measureApi({ stack, sizes, report, directory }: StackBenchRun): Promise<Figure[]> {
  report(`a student with ${ENROLLMENTS} enrollments among ${COURSES} courses`);
  const clients = createStackClients(stack);
  await fillTable(clients);
  setHandlerEnvironment(stack);
  const handler = await loadHandler<Handler>("api.ts", directory);
  const dashboard = async () => {
    await Promise.all(["/api/courses", "/api/enrollments"].map((path) => get(handler, path)));
  };
  const count = (name: string, ours: number, atMost: number): Figure => ({
    section: SECTION,
    name,
    unit: "count",
    ours,
    atMost,
  });
  const client = DynamoDBDocumentClient.from(createAwsClient(DynamoDBClient, PATIENCE.request));
  const cold = await countTableOperations(dashboard);
  const warm = await countTableOperations(dashboard);

  report("dashboard requests");
  const turns = { calls: sizes.dashboardRequests, atOnce: AT_ONCE, turns: 6 };
  const { ours, floor } = await interleave(
    { ours: dashboard, floor: () => queryStraight(client, clients.table.tableName) },
    turns,
  );
  const times = (["p50", "p99"] as const).map((name) => ({
    section: SECTION,
    name: `${name}, two queries`,
    unit: "ms" as const,
    ours: ours[name],
    floor: floor[name],
    ...(name === "p50" && { atMost: 1.2 }),
  }));
  return [
    ...times,
    {
      section: SECTION,
      name: "dashboards",
      unit: "per second",
      ours: ours.perSecond,
      floor: floor.perSecond,
    },
    count("scans per dashboard", warm.scans, 0),
    count("table requests per dashboard", warm.all, 3),
    count("table requests, the first one of a process", cold.all, 12),
    ...(await measureSizes(stack.clientUrl, handler)),
  ];
}

/** Of what a browser asks for when it shows the catalogue first, as it is sent; and of the longest list. */
async function measureSizes(clientUrl: string, handler: Handler): Promise<Figure[]> {
  const kilobytes = async (encoding: string) => {
    const answer = await fetch(`${clientUrl}/api/courses`, { headers: { "accept-encoding": encoding } });
    await answer.arrayBuffer();
    return Number(answer.headers.get("content-length")) / 1_000;
  };
  const enrollments = Buffer.byteLength(await get(handler, "/api/enrollments")) / 1_000;
  const size = (name: string, ours: number, atMost: number): Figure => ({
    section: SECTION,
    name,
    unit: "kB",
    ours,
    atMost,
  });
  return [
    size("first view of the catalogue, compressed", await kilobytes("br"), 50),
    size("first view of the catalogue", await kilobytes("identity"), 50),
    size("all enrollments", enrollments, 1_000),
  ];
}

async function fillTable({ table, putItem }: StackClients): Promise<void> {
  const enrollments = createEnrollmentStore(table);
  await repeat(
    async (index) => {
      const course = largeCourse(`BENCH-COURSE-${index}`);
      await putItem(courseItem(course));
      if (index < ENROLLMENTS)
        await enrollments.createEnrollment(paidEnrollment({ userId: USER_ID, courseId: course.courseId }));
    },
    COURSES,
    8,
  );
}

async function get(handler: Handler, path: string): Promise<string> {
  const { statusCode, body } = await handler(gatewayEvent({ path, claims: claimsOf(USER_ID) }), {});
  if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${body}`);
  return body;
}

/** The same two lists, as the SDK reads them by itself. @param client with the limits that the API's has, and without a logger, too */
async function queryStraight(client: DynamoDBDocumentClient, TableName: string): Promise<void> {
  const query = (input: Partial<QueryCommand["input"]>) =>
    client.send(new QueryCommand({ TableName, ...input }));
  await Promise.all([
    query({
      IndexName: "GSI1",
      KeyConditionExpression: "GSI1PK = :courses",
      ExpressionAttributeValues: { ":courses": "COURSES" },
      Limit: MOST_COURSES + 1,
    }),
    query({
      KeyConditionExpression: "PK = :student AND begins_with(SK, :enrollments)",
      ExpressionAttributeValues: { ":student": `USER#${USER_ID}`, ":enrollments": "ENROLLMENT#" },
      ConsistentRead: true,
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
  diagnostics.subscribe("http.client.request.start", note);
  await call();
  diagnostics.unsubscribe("http.client.request.start", note);
  const operations = targets.filter((target) => target.startsWith("DynamoDB"));
  return { all: operations.length, scans: operations.filter((target) => target.endsWith(".Scan")).length };
}
