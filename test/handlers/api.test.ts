import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createApi } from "#handlers/api.ts";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import { paidCourse, paymentEvent, student } from "#test/support/payment-events.ts";
import { errorAnswerSchema } from "#workflow/contract.ts";
import type { ExecutionFollowUp } from "#workflow/ports/executions.ts";
import type { CheckoutSession, PaymentProvider } from "#workflow/ports/payments.ts";

const openSession: CheckoutSession = {
  checkoutSessionId: "cs_test_1",
  status: "open",
  paymentStatus: "unpaid",
  paymentFailed: false,
  clientSecret: "cs_test_1_secret",
  userId: "user-ada",
  courseId: "TEST-COURSE-003",
  amountSubtotal: 4900,
  currency: "usd",
  expiresAt: "2026-11-24T12:00:00.000Z",
};

const freeCourse = {
  courseId: "TEST-COURSE-001",
  name: "Programming",
  description: "",
  instructor: "",
  pricingModel: "free" as const,
  learningObjectives: [],
  curriculum: [],
};

let stores: InMemoryStores;
let payments: PaymentProvider;
let executions: ExecutionFollowUp;
let api: ReturnType<typeof createApi>;
let time: number;

beforeEach(() => {
  time = Date.parse("2026-11-23T12:00:00.000Z");
  executions = { ensureExecution: async () => "running" };
  stores = createInMemoryStores({ courses: [paidCourse, freeCourse] });
  payments = {
    openCheckout: async () => openSession,
    findCheckout: async (id) => (id === openSession.checkoutSessionId ? openSession : undefined),
    expireCheckout: async () => {},
  };
  api = createApi({
    courses: stores,
    students: stores,
    enrollments: stores,
    openCheckouts: stores,
    settledCheckouts: stores,
    executions: { ensureExecution: (event) => executions.ensureExecution(event) },
    payments: {
      openCheckout: (checkout) => payments.openCheckout(checkout),
      findCheckout: (id) => payments.findCheckout(id),
      expireCheckout: (id) => payments.expireCheckout(id),
    },
    now: () => new Date(time),
  });
});

const adasClaims = {
  sub: "user-ada",
  email: student.email,
  name: student.name,
  email_verified: "true",
  token_use: "access",
};

async function request(
  method: string,
  path: string,
  {
    claims,
    body,
    headers = {},
  }: { claims?: Record<string, string>; body?: string; headers?: Record<string, string> } = {},
) {
  const event = {
    version: "2.0",
    rawPath: path,
    rawQueryString: "",
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    requestContext: {
      requestId: "request-1",
      http: { method, path, sourceIp: "127.0.0.1" },
      ...(claims && { authorizer: { jwt: { claims } } }),
    },
    body: body ?? "",
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const answer = await api(event, {} as Context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? "null") as Record<string, unknown> };
}

const asAda = (method: string, path: string, body?: string) =>
  request(method, path, { claims: adasClaims, ...(body !== undefined && { body }) });
const enrollAda = (courseId: string) => asAda("POST", "/api/enrollments", JSON.stringify({ courseId }));

describe("the catalogue", () => {
  test("is open to anyone", async () => {
    await expect(request("GET", "/api/courses")).resolves.toMatchObject({
      status: 200,
      body: { courses: [{ courseId: "TEST-COURSE-003" }, { courseId: "TEST-COURSE-001" }] },
    });
    await expect(request("GET", "/api/courses/TEST-COURSE-003")).resolves.toMatchObject({
      status: 200,
      body: { course: { unitAmount: 4900, currency: "usd" } },
    });
  });

  test.each(["/api/courses/GONE", "/api/courses/%00", `/api/courses/${"x".repeat(300)}`])(
    "answers 404 in the contract's shape for %s",
    async (path) => {
      const { status, body } = await request("GET", path);
      expect(status).toBe(404);
      expect(errorAnswerSchema.parse(body).error).toMatchObject({
        code: "course_not_found",
        requestId: "request-1",
      });
    },
  );
});

describe("the signed-in student", () => {
  test("is created from the token's claims at first, and stays", async () => {
    const first = await asAda("GET", "/api/students/me");
    expect(first).toMatchObject({
      status: 200,
      body: { student: { userId: "user-ada", emailVerified: true } },
    });
    const renamed = await request("GET", "/api/students/me", { claims: { ...adasClaims, name: "Somebody" } });
    expect(renamed.body).toEqual(first.body);
  });

  test.each([
    "/api/students/me",
    "/api/enrollments",
    "/api/enrollments/check/X",
    "/api/checkout/session/cs_test_1",
  ])("is asked for at %s", async (path) => {
    await expect(request("GET", path)).resolves.toMatchObject({
      status: 401,
      body: { error: { code: "unauthorized" } },
    });
  });

  test("cannot be shown by an id token", async () => {
    const claims = { ...adasClaims, token_use: "id" };
    await expect(request("GET", "/api/students/me", { claims })).resolves.toMatchObject({ status: 401 });
  });
});

describe("enrolling", () => {
  test("a free course is active at once, and 200 the second time", async () => {
    await expect(enrollAda("TEST-COURSE-001")).resolves.toMatchObject({
      status: 201,
      body: { status: "active", enrollment: { courseId: "TEST-COURSE-001", paymentStatus: "free" } },
    });
    await expect(enrollAda("TEST-COURSE-001")).resolves.toMatchObject({
      status: 200,
      body: { status: "active" },
    });
    await expect(asAda("GET", "/api/enrollments/check/TEST-COURSE-001")).resolves.toMatchObject({
      body: { enrolled: true, enrollment: { courseId: "TEST-COURSE-001" } },
    });
  });

  test("a paid course is pending with what the client needs to show the form", async () => {
    await expect(enrollAda("TEST-COURSE-003")).resolves.toEqual({
      status: 201,
      body: { status: "pending", clientSecret: "cs_test_1_secret", checkoutSessionId: "cs_test_1" },
    });
    await expect(asAda("GET", "/api/enrollments")).resolves.toEqual({
      status: 200,
      body: { enrollments: [] },
    });
    await expect(asAda("GET", "/api/enrollments/check/TEST-COURSE-003")).resolves.toEqual({
      status: 200,
      body: { enrolled: false },
    });
  });

  test("a payment under way is 409 and names the session to follow", async () => {
    await enrollAda("TEST-COURSE-003");
    payments.findCheckout = async () => ({ ...openSession, status: "complete" });
    await expect(enrollAda("TEST-COURSE-003")).resolves.toMatchObject({
      status: 409,
      body: { error: { code: "payment_in_progress", checkoutSessionId: "cs_test_1" } },
    });
  });

  test("an unknown course is 404", async () => {
    await expect(enrollAda("GONE")).resolves.toMatchObject({
      status: 404,
      body: { error: { code: "course_not_found" } },
    });
  });

  test.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["a number as the course", '{"courseId":1}'],
    ["an unknown field", '{"courseId":"TEST-COURSE-001","price":0}'],
    ["nothing", "{}"],
  ])("%s is 400 and says what to send", async (_what, body) => {
    const answer = await asAda("POST", "/api/enrollments", body);
    expect(answer.status).toBe(400);
    expect(errorAnswerSchema.parse(answer.body).error.code).toBe("invalid_request");
  });
});

describe("the progress of a purchase", () => {
  test("is shown to the student whose it is, without payer data", async () => {
    await expect(asAda("GET", "/api/checkout/session/cs_test_1")).resolves.toEqual({
      status: 200,
      body: {
        status: "open",
        paymentStatus: "unpaid",
        courseId: "TEST-COURSE-003",
        enrolled: false,
        stage: "open",
      },
    });
  });

  test("is as unknown to anyone else as a session that does not exist", async () => {
    const claims = { ...adasClaims, sub: "user-grace" };
    const strangers = await request("GET", "/api/checkout/session/cs_test_1", { claims });
    const unknown = await request("GET", "/api/checkout/session/cs_test_2", { claims });
    expect(strangers).toEqual(unknown);
    expect(strangers.status).toBe(404);
  });

  const settled: CheckoutSession = {
    ...openSession,
    status: "complete",
    paymentStatus: "paid",
    settlement: paymentEvent({ eventId: "cs_test_1" }),
  };

  test("costs one look a second at the payment provider while it is open, however many ask", async () => {
    const findCheckout = vi.spyOn(payments, "findCheckout");
    for (let polls = 0; polls < 100; polls += 1) {
      await asAda("GET", "/api/checkout/session/cs_test_1");
      time += 50;
    }
    expect(findCheckout.mock.calls.length).toBeLessThanOrEqual(5);
    findCheckout.mockImplementation(async () => settled);
    for (let polls = 0; polls < 100; polls += 1) {
      await asAda("GET", "/api/checkout/session/cs_test_1");
      time += 50;
    }
    expect(findCheckout.mock.calls.length).toBeLessThanOrEqual(6);
  });

  test("is answered even when the execution cannot be followed up", async () => {
    payments.findCheckout = async () => settled;
    executions.ensureExecution = () => Promise.reject(new Error("Step Functions is away"));
    await asAda("GET", "/api/checkout/session/cs_test_1");
    time += 10_000;
    await expect(asAda("GET", "/api/checkout/session/cs_test_1")).resolves.toMatchObject({
      status: 200,
      body: { stage: "paid", paymentStatus: "paid" },
    });
  });

  test("never asks the payment provider about an id that is none", async () => {
    const findCheckout = vi.spyOn(payments, "findCheckout");
    await expect(asAda("GET", "/api/checkout/session/..%2Faccount")).resolves.toMatchObject({ status: 404 });
    expect(findCheckout).not.toHaveBeenCalled();
  });
});

describe("what goes wrong", () => {
  test("inside is 500 and tells nothing about the inside", async () => {
    stores.listCourses = async () => {
      throw new Error("table credentials of the inside");
    };
    const { status, body } = await request("GET", "/api/courses");
    expect(status).toBe(500);
    expect(errorAnswerSchema.parse(body).error.code).toBe("internal_error");
    expect(JSON.stringify(body)).not.toMatch(/inside|credentials| at /);
  });

  test("with the address is 404 in the contract's shape", async () => {
    const { status, body } = await request("GET", "/api/nothing");
    expect(status).toBe(404);
    expect(errorAnswerSchema.parse(body).error.code).toBe("not_found");
  });

  test("with a path that cannot be decoded is 400", async () => {
    await expect(request("GET", "/api/courses/%E0%A4%A")).resolves.toMatchObject({ status: 400 });
  });

  test("with a body of a megabyte is 413", async () => {
    const body = JSON.stringify({ courseId: "x".repeat(1_000_000) });
    await expect(asAda("POST", "/api/enrollments", body)).resolves.toMatchObject({ status: 413 });
  });
});

test("health is 200 for anyone", async () => {
  await expect(request("GET", "/api/health")).resolves.toEqual({ status: 200, body: { status: "ok" } });
});
