import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { keys } from "#handlers/adapters/dynamodb/table.ts";
import { OIDC_CLIENT_ID, TABLE_NAME } from "#infra/local/names.ts";
import { requestAccessToken } from "#infra/local/sign-in/request-access-token.ts";
import { newStudent } from "#test/support/checkouts.ts";
import { largeCourse } from "#test/support/large-course.ts";
import { paidCourse } from "#test/support/payment-events.ts";
import { paidEnrollment } from "#test/support/purchases.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import { coursesAnswerSchema, enrollmentsAnswerSchema } from "#workflow/contract.ts";
import type { PaidCourse } from "#workflow/model.ts";

const COURSES = 2_000;
/** Milliseconds; thousands of items are written first. */
const PATIENT = 120_000;

const { stack, clients } = useRunningStack();

/** Every third is retired; all are 5 kB. */
const courseNumber = (number: number): PaidCourse =>
  largeCourse(`MANY-${String(number).padStart(4, "0")}`, {
    status: number % 3 === 0 ? "retired" : "published",
    accessUrl: `https://example.com/courses/${number}`,
  });

const isOffered = (number: number) => number % 3 !== 0;
const numbers = Array.from({ length: COURSES }, (_, number) => number);

async function putAll(items: Record<string, unknown>[]): Promise<void> {
  for (let start = 0; start < items.length; start += 25) {
    const requests = items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
    await clients.table.client.send(new BatchWriteCommand({ RequestItems: { [TABLE_NAME]: requests } }));
  }
}

beforeAll(async () => {
  const item = courseItem(courseNumber(1));
  const unreadable = { ...item, PK: "COURSE#MANY-0001x", GSI1SK: "MANY-0001x", name: 1 };
  await putAll([...numbers.map((number) => courseItem(courseNumber(number))), unreadable]);
}, PATIENT);

async function ask(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(stack.clientUrl + path, { headers });
  const text = await response.text();
  expect(response.status).toBe(200);
  const sent = Number(response.headers.get("content-length"));
  return { bytes: Buffer.byteLength(text), sent, text, body: JSON.parse(text) as unknown };
}

async function asStudent(email: string): Promise<Record<string, string>> {
  const { issuerUrl, clientUrl } = stack;
  const redirectUri = `${clientUrl}/sign-in/callback`;
  const token = await requestAccessToken({ issuerUrl, clientId: OIDC_CLIENT_ID, redirectUri, email });
  return { authorization: `Bearer ${token.accessToken}` };
}

describe("two thousand courses of 5 kB", () => {
  test("come in pages that are well under a megabyte, each offered course once", async () => {
    const pages: { bytes: number; ids: string[] }[] = [];
    let address: string | undefined = "/api/courses";
    while (address) {
      const { bytes, text, body } = await ask(address);
      const { courses, next } = coursesAnswerSchema.parse(body);
      expect(text).not.toMatch(/accessUrl|curriculum|learningObjectives/);
      pages.push({ bytes, ids: courses.map(({ courseId }) => courseId) });
      address = next && `/api/courses?after=${next}`;
    }
    const wanted = numbers.filter(isOffered).map((number) => courseNumber(number).courseId);
    expect(pages.flatMap(({ ids }) => ids).filter((id) => id.startsWith("MANY-"))).toEqual(wanted);
    expect(Math.max(...pages.map(({ bytes }) => bytes))).toBeLessThan(50_000);
    expect(Math.min(...pages.map(({ ids }) => ids.length))).toBeGreaterThan(0);
  });

  test("are first seen as less than 50 kB, and much less where the edge compresses", async () => {
    const { bytes, sent } = await ask("/api/courses", { "accept-encoding": "br" });
    expect(bytes).toBeLessThan(50_000);
    expect(sent).toBeLessThan(bytes / 1.5);
  });

  test("are searched as a whole, and page by page in both directions", async () => {
    const find = async (query: string) =>
      coursesAnswerSchema.parse((await ask(`/api/courses?${query}`)).body);
    const offered = numbers.filter(isOffered).map((number) => courseNumber(number).courseId);
    const { total, next, courses } = await find(`q=${encodeURIComponent(paidCourse.name.toUpperCase())}`);
    expect([total, courses[0]?.courseId]).toEqual([offered.length + 1, offered[0]]);
    const back = await find(`before=${offered[60]}`);
    expect(back.courses.map(({ courseId }) => courseId)).toEqual(offered.slice(12, 60));
    expect(next).toBe(offered[47]);
  });

  test("are a list of less than a megabyte for a student who has them all", {
    timeout: PATIENT,
  }, async () => {
    const email = "collector@example.com";
    const { userId } = await newStudent("collector", stack);
    const enrollment = paidEnrollment({ userId });
    await putAll(
      numbers.map((number) => {
        const { courseId } = courseNumber(number);
        return { ...keys.enrollment(userId, courseId), ...enrollment, courseId };
      }),
    );
    const { bytes, body } = await ask("/api/enrollments", await asStudent(email));
    const { enrollments } = enrollmentsAnswerSchema.parse(body);
    expect(enrollments).toHaveLength(COURSES);
    expect(enrollments.at(-1)).toMatchObject({
      courseName: paidCourse.name,
      accessUrl: "https://example.com/courses/1999",
    });
    expect(bytes).toBeLessThan(1_000_000);
  });

  test("have each their own address, with everything", async () => {
    const { body } = await ask("/api/courses/MANY-1999");
    expect(body).toMatchObject({ course: { curriculum: courseNumber(1999).curriculum } });
  });
});
