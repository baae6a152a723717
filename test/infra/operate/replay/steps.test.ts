import { describe, expect, test } from "vitest";
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { enrollmentItem } from "#handlers/adapters/dynamodb/enrollments.ts";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { type ItemKey, keys } from "#handlers/adapters/dynamodb/table.ts";
import type { Item } from "#handlers/adapters/dynamodb/table-expressions.ts";
import { composeTriedSteps } from "#handlers/operator-composition.ts";
import { createSteps } from "#handlers/steps.ts";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";
import { readDefinition } from "#infra/local/definition.ts";
import { askSteps } from "#infra/operate/replay/steps/ask-steps.ts";
import { loadStateMachine } from "#infra/states-language/definition.ts";
import { paidCourse, student } from "#test/support/payment-events.ts";
import { decision, openPurchase, paidEnrollment } from "#test/support/purchases.ts";
import { PAID, record, type Scenario } from "./record-purchases.ts";

const LOADED = loadStateMachine(await readDefinition("http://localhost:4566"));
const IDS = { userId: "ada", courseId: paidCourse.courseId, checkoutSessionId: PAID.checkoutSessionId };
const ADA = { ...student, userId: "ada" };
const COURSE = courseItem(paidCourse);
const EARLIER = "2026-11-01T00:00:00.000Z";
const LATER = new Date(Date.now() + 3_600_000).toISOString();

const PURCHASE = {
  ...keys.purchase(IDS.userId, IDS.checkoutSessionId),
  ...openPurchase({ ...IDS, openedAt: EARLIER }),
};
const enrolled = (by: string, at: string) =>
  enrollmentItem(paidEnrollment({ ...IDS, stripeSessionId: by, enrolledAt: at }));

interface Given {
  scenario?: Partial<Scenario>;
  items?: Item[];
  steps?: typeof createSteps;
  read?: (key: ItemKey) => Promise<Item | undefined>;
}

/** @returns what differs, with what explains it; and what would have been done */
async function ask({
  scenario = {},
  items = [studentItem(ADA), COURSE],
  steps = createSteps,
  read,
}: Given = {}) {
  const enrolledNow = { WriteEnrollment: [{ enrolledAt: new Date().toISOString() }] };
  const answers = { ...enrolledNow, ...scenario.answers };
  const { path } = await record({ name: "evt_1", ...scenario, answers }, { loaded: LOADED });
  if (!path) throw new Error("nothing was recorded");
  const find = async ({ PK, SK }: ItemKey) => items.find((item) => item["PK"] === PK && item["SK"] === SK);
  const findings = await askSteps(path, {
    createSteps: steps,
    compose: composeTriedSteps,
    read: read ?? find,
    names: nameParts(PRODUCTION),
  });
  const differing = findings.filter(({ text }) => text);
  return {
    asked: findings.length,
    different: differing.map(({ text, because }) => (because ? `${text}: ${because}` : text)),
    effects: findings.flatMap(({ effects }) => effects),
  };
}

const failingOnce = (state: string, error: string) => ({ answers: { [state]: [{ error }] } });

describe("today's steps answer as they did", () => {
  test("on a table that has everything since, which is looked at as it was then", async () => {
    const decided = { ...PURCHASE, decision: decision({ at: LATER }) };
    const items = [studentItem(ADA), COURSE, decided, enrolled("cs_1", LATER)];
    expect(await ask({ items })).toEqual({
      asked: 3,
      different: [],
      effects: ["PutItem ENROLLMENT#", "UpdateItem METADATA"],
    });
  });

  test("and see what their own execution has written before", async () => {
    const answers = { WriteEnrollment: [{ enrolledAt: "2026-11-25T10:00:01.000Z" }] };
    const items = [studentItem(ADA), COURSE, enrolled("cs_1", "2026-11-25T10:00:01.000Z")];
    const { different, effects } = await ask({ items, scenario: { answers } });
    expect(different).toEqual([]);
    expect(effects).not.toContain("PutItem ENROLLMENT#");
  });

  test("what passes by itself is not asked again", async () => {
    expect(await ask({ scenario: failingOnce("ValidateSession", "RetryableError") })).toMatchObject({
      asked: 0,
      different: [],
    });
  });

  test("another open checkout would be expired at Stripe, and is not", async () => {
    const open = { ...keys.openCheckout("ada", IDS.courseId), ...IDS, checkoutSessionId: "cs_2", attempt: 1 };
    const { effects } = await ask({ items: [studentItem(ADA), COURSE, open] });
    expect(effects).toContain("expires a checkout session at Stripe");
  });
});

describe("a step that answers otherwise is told", () => {
  test("by its answer", async () => {
    const steps: typeof createSteps = (ports) => ({
      ...createSteps(ports),
      validateSession: async () => ({ isBarred: true }),
    });
    expect(await ask({ steps })).toMatchObject({ different: ["ValidateSession answers another $.isBarred"] });
  });

  test("by its error", async () => {
    const scenario = failingOnce("ValidateSession", "AmountMismatch");
    expect(await ask({ scenario })).toMatchObject({
      different: ["ValidateSession has its answer instead of AmountMismatch"],
    });
  });

  test("also where it says that something is missing which is there", async () => {
    const steps: typeof createSteps = (ports) => ({
      ...createSteps(ports),
      validateSession: async () => {
        throw Object.assign(new Error("gone"), { name: "CourseNotFound" });
      },
    });
    expect(await ask({ steps })).toMatchObject({
      different: ["ValidateSession has CourseNotFound instead of its answer"],
    });
  });
});

describe("what only the table explains is told apart", () => {
  test.each<[string, Given, string]>([
    [
      "a course that is gone",
      { items: [studentItem(ADA)] },
      "has CourseNotFound instead of its answer: the course is gone since",
    ],
    [
      "a course that is there now",
      { scenario: failingOnce("ValidateSession", "CourseNotFound") },
      "has its answer instead of CourseNotFound: the course is there now",
    ],
    [
      "a student who is gone",
      { items: [COURSE] },
      "has StudentNotFound instead of its answer: the student is gone since",
    ],
    [
      "what the redrive of the same execution found",
      { scenario: { ...failingOnce("ValidateSession", "AmountMismatch"), redrives: 1 } },
      "has its answer instead of AmountMismatch: as the same execution was answered later",
    ],
  ])("%s", async (_what, given, told) => {
    expect((await ask(given)).different[0]).toBe(`ValidateSession ${told}`);
  });

  test("an enrollment that stood in the way, and not one that still does", async () => {
    const scenario = failingOnce("WriteEnrollment", "DoublePayment");
    expect((await ask({ scenario })).different).toEqual([
      "WriteEnrollment has its answer instead of DoublePayment: the enrollment that stood in its way is gone since",
    ]);
    const items = [studentItem(ADA), COURSE, enrolled("cs_other", EARLIER)];
    expect((await ask({ scenario, items })).different).toEqual([]);
  });
});

test("a table that cannot be read ends it, and is not taken for an answer", async () => {
  const read = async () => {
    throw new Error("no permission");
  };
  await expect(ask({ read })).rejects.toThrow("no permission");
});
