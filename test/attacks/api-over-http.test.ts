import { beforeAll, describe, expect, test } from "vitest";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { type StudentSession, signIn } from "#infra/local/student-session.ts";
import { sendRaw } from "#test/infra/local/http-api/raw-request.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import { errorAnswerSchema, ROUTES } from "#workflow/contract.ts";

const PAID_COURSE = "TEST-COURSE-003";

let ada: StudentSession;
let eve: StudentSession;

const { stack } = useRunningStack();

beforeAll(async () => {
  [ada, eve] = await Promise.all([signIn("ada@example.com", stack), signIn("eve@example.com", stack)]);
});

const studentRoutes = ROUTES.filter(({ access }) => access === "student").map(
  ({ method, path }) => [method, path.replace(/\{\w+\}/, PAID_COURSE)] as const,
);

describe.each(studentRoutes)("%s %s", (method, path) => {
  test.each([
    ["without an Authorization header", {}],
    ["with an empty one", { authorization: "" }],
    ["with a scheme and no token", { authorization: "Bearer" }],
    ["with somebody's name and password", { authorization: `Basic ${btoa("ada:ada")}` }],
  ])("%s is unauthorized", async (_what, headers) => {
    const request = { method, path, headers: { host: "localhost", ...headers } };
    expect((await sendRaw(stack.ports.http, request)).status).toBe(401);
  });
});

const read = async (student: StudentSession, path: string) => {
  const headers = { authorization: `Bearer ${student.accessToken}` };
  const answer = await fetch(`${stack.clientUrl}/api/${path}`, { headers });
  return { status: answer.status, body: (await answer.json()) as unknown };
};
const errorOf = ({ body }: { body: unknown }) => {
  const { code, message } = errorAnswerSchema.parse(body).error;
  return { code, message };
};

describe("of what is Ada's in the table and at Stripe", () => {
  async function openSession(courseId: string) {
    const checkout = await ada.enroll(courseId);
    if (checkout.status !== "pending") throw new Error(`${courseId} is ${checkout.status}`);
    return checkout;
  }

  async function expectUnknownToEve(sessionId: string) {
    const taken = await read(eve, `checkout/session/${sessionId}`);
    expect(taken.status).toBe(404);
    expect(errorOf(taken)).toEqual(errorOf(await read(eve, "checkout/session/cs_test_gone")));
  }

  test("a session that Ada may still pay is as unknown as one that does not exist", async () => {
    const { checkoutSessionId } = await openSession("TEST-COURSE-005");
    await expect(ada.readCheckout(checkoutSessionId)).resolves.toMatchObject({ stage: "open" });
    await expectUnknownToEve(checkoutSessionId);
  });

  test("a session that Ada has paid is as unknown as one that does not exist", async () => {
    const { checkoutSessionId, clientSecret } = await openSession(PAID_COURSE);
    await ada.payByCard(checkoutSessionId, clientSecret, CARDS.good);
    await expect.poll(() => ada.readCheckout(checkoutSessionId)).toMatchObject({ stage: "enrolled" });
    await expectUnknownToEve(checkoutSessionId);
  });

  test("neither enrollment nor profile is shown to Eve, whatever she adds to the address", async () => {
    await ada.enroll("TEST-COURSE-001");
    const { userId } = await ada.readStudent();
    const query = `?userId=${userId}&sub=${userId}`;
    await expect(ada.checkEnrollment("TEST-COURSE-001")).resolves.toMatchObject({ enrolled: true });
    expect((await read(eve, `enrollments/check/TEST-COURSE-001${query}`)).body).toEqual({ enrolled: false });
    expect((await read(eve, `enrollments${query}`)).body).toEqual({ enrollments: [] });
    expect((await read(eve, `students/me${query}`)).body).not.toMatchObject({ student: { userId } });
  });
});

describe("an address that names no course of the table", () => {
  test.each([
    ["a way up", "..%2fMETADATA"],
    ["a zero byte", "%00"],
    ["a key of the table", "TEST-COURSE-003%23METADATA"],
    ["small letters", "test-course-003"],
    ["a space", "%20TEST-COURSE-003"],
    ["a prototype", "__proto__"],
    ["a character beyond 16 bits", "%F0%9D%84%9E"],
    ["65 letters", "x".repeat(65)],
    ["more than a key of the table may have", "x".repeat(5_000)],
  ])("with %s leads to no course", async (_what, courseId) => {
    for (const path of [`courses/${courseId}`, `enrollments/check/${courseId}`]) {
      const answer = await read(eve, path);
      expect(answer.status).toBe(404);
      expect(errorOf(answer).code).toMatch(/not_found$/);
    }
  });
});

test("the way back from checkout is the client's own, whatever a request says about itself", async () => {
  const answer = await fetch(`${stack.clientUrl}/api/enrollments`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${eve.accessToken}`,
      "content-type": "application/json",
      origin: "https://evil.example",
      referer: "https://evil.example/",
      "x-forwarded-host": "evil.example",
      forwarded: "host=evil.example",
    },
    body: JSON.stringify({ courseId: "TEST-COURSE-003" }),
  });
  const { checkoutSessionId } = (await answer.json()) as { checkoutSessionId: string };
  const stripe = createStandInClient(stack.stripeUrl);
  const { return_url } = await stripe.checkout.sessions.retrieve(checkoutSessionId);
  expect(new URL(return_url ?? "").origin).toBe(stack.clientUrl);
  expect(answer.headers.get("access-control-allow-origin")).toBeNull();
});
