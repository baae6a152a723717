/** Executions as Step Functions lists and tells of them, and how often it was asked. */
import type { ExecutionRow, ExecutionState } from "#infra/operate/records/shapes.ts";
import { paymentEvent } from "#test/support/payment-events.ts";

export interface Told extends ExecutionRow {
  userId: string;
  courseId: string;
  /** Of one that has failed. */
  error?: string;
}

const NEWEST = Date.parse("2026-11-01T12:00:00.000Z");

/** @param everyMs between the starts of two @returns newest first: `evt_1` is the oldest, and every fourth has failed */
export function executionsOf(count: number, everyMs = 1_000): Told[] {
  return Array.from({ length: count }, (_, index) => {
    const number = count - index;
    const status: ExecutionState = number % 4 === 0 ? "FAILED" : "SUCCEEDED";
    const startedAt = new Date(NEWEST - index * everyMs).toISOString();
    return {
      name: `evt_${number}`,
      status,
      startedAt,
      stoppedAt: startedAt,
      redriveCount: 0,
      userId: `user-${number % 3}`,
      courseId: `COURSE-${number % 5}`,
      ...(status === "FAILED" && { error: number % 8 === 0 ? "CourseNotFound" : "AmountMismatch" }),
    };
  });
}

/** @param told newest first; what is changed in it changes what is told */
export function createListedExecutions(told: Told[]) {
  const asked = { lists: 0, histories: 0 };
  const find = (name: string) => {
    asked.histories += 1;
    return told.find((one) => one.name === name);
  };
  const begin = ({ userId, courseId, startedAt: at }: Told) => ({
    id: 1,
    type: "ExecutionStarted",
    at,
    details: { input: JSON.stringify(paymentEvent({ userId, courseId })) },
  });
  return {
    asked,
    lookup: {
      async listExecutions(query: {
        status?: ExecutionState | undefined;
        pageSize: number;
        nextToken?: string | undefined;
      }) {
        asked.lists += 1;
        const rows = told.filter(({ status }) => !query.status || status === query.status);
        const from = query.nextToken ? rows.findIndex(({ name }) => name === query.nextToken) : 0;
        if (from < 0) throw Object.assign(new Error("too old"), { name: "InvalidToken" });
        const executions = rows.slice(from, from + query.pageSize);
        return { executions, nextToken: rows[from + query.pageSize]?.name };
      },
      async findBeginning(name: string) {
        const one = find(name);
        return one && [begin(one)];
      },
      async findHistory(name: string) {
        const one = find(name);
        const failed = {
          id: 2,
          type: "ExecutionFailed",
          at: one?.stoppedAt ?? "",
          details: { error: one?.error },
        };
        return one && { events: [begin(one), failed], isCut: false };
      },
    },
  };
}
