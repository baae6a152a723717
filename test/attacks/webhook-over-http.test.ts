import { connect } from "node:net";
import { DescribeExecutionCommand, ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { executionArn, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { SEEDED_STUDENTS } from "#infra/local/seeded-students.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { sendRaw } from "#test/infra/local/http-api/raw-request.ts";
import { sign, stripeEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const [ada, grace] = SEEDED_STUDENTS.map(({ userId }) => userId) as [string, string];

const { stack, clients } = useRunningStack();

describe("a signed event whose session is not what the student was to pay", () => {
  interface Altered extends Record<string, unknown> {
    metadata?: { userId: string; courseId: string };
  }
  let count = 0;

  test.each<[string, string, Altered]>([
    ["another student as its reference", "InvalidSession", { client_reference_id: grace }],
    [
      "another student in its metadata",
      "InvalidSession",
      { metadata: { userId: grace, courseId: "TEST-COURSE-003" } },
    ],
    [
      "a student who does not exist",
      "StudentNotFound",
      {
        client_reference_id: "x#METADATA",
        metadata: { userId: "x#METADATA", courseId: "TEST-COURSE-003" },
      },
    ],
    [
      "a course that costs more",
      "AmountMismatch",
      { metadata: { userId: ada, courseId: "TEST-COURSE-005" } },
    ],
    ["a course that is free", "InvalidSession", { metadata: { userId: ada, courseId: "TEST-COURSE-001" } }],
    [
      "a course whose letters only look alike",
      "CourseNotFound",
      {
        metadata: { userId: ada, courseId: "TEST-\u0421OURSE-003" },
      },
    ],
    [
      "a course in place of a prototype",
      "CourseNotFound",
      { metadata: { userId: ada, courseId: "__proto__" } },
    ],
    ["a smaller amount", "AmountMismatch", { amount_subtotal: 1 }],
    ["no amount", "AmountMismatch", { amount_subtotal: null }],
    ["another currency", "AmountMismatch", { currency: "jpy" }],
    ["the currency in capitals", "AmountMismatch", { currency: "USD" }],
  ])("%s enrolls nobody and becomes a dead letter", async (_what, error, session) => {
    const eventId = `evt_altered_${++count}`;
    const genuine = { client_reference_id: ada, metadata: { userId: ada, courseId: "TEST-COURSE-003" } };
    const payload = stripeEvent({ id: eventId, session: { id: `cs_${eventId}`, ...genuine, ...session } });
    await expect(clients.postWebhook(payload)).resolves.toMatchObject({ status: 200 });
    await expect.poll(() => clients.takeDeadLetters()).toMatchObject([{ eventId, error }]);
    const named = session.metadata ?? genuine.metadata;
    for (const student of [ada, grace, named.userId]) {
      for (const course of ["TEST-COURSE-001", "TEST-COURSE-003", "TEST-COURSE-005", named.courseId]) {
        expect(await clients.readItem(`USER#${student}`, `ENROLLMENT#${course}`)).toBeUndefined();
      }
    }
  });
});

describe("the webhook's address", () => {
  const listNames = async () => {
    const { executions = [] } = await clients.sfn.send(
      new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN }),
    );
    return executions.map(({ name }) => name);
  };
  const payloadOf = (id: string) => stripeEvent({ id, session: { payment_status: "unpaid" } });

  test.each(["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])(
    "%s finds nothing there",
    async (method) => {
      const body = payloadOf("evt_method");
      const headers = {
        host: "localhost",
        "content-type": "application/json",
        "stripe-signature": sign(body, STAND_IN_STRIPE.webhookSecret),
        "x-http-method-override": "POST",
      };
      const request = { method, path: "/api/webhooks/stripe", headers };
      expect((await sendRaw(stack.ports.http, request, body)).status).toBe(404);
      expect(await listNames()).not.toContain("evt_method");
    },
  );

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])(
    "the content type %j changes nothing about who signed",
    async (type) => {
      const eventId = `evt_type_${type.replaceAll(/\W/g, "_")}`;
      const body = payloadOf(eventId);
      const post = (signature: string) =>
        sendRaw(
          stack.ports.http,
          {
            method: "POST",
            path: "/api/webhooks/stripe",
            headers: {
              host: "localhost",
              "stripe-signature": signature,
              ...(type && { "content-type": type }),
            },
          },
          body,
        );
      expect((await post(sign(body, "whsec_other"))).status).toBe(400);
      expect(await listNames()).not.toContain(eventId);
      expect((await post(sign(body, STAND_IN_STRIPE.webhookSecret))).status).toBe(200);
      expect(await listNames()).toContain(eventId);
    },
  );

  test("an event replayed within its five minutes is one execution", async () => {
    const body = payloadOf("evt_replayed");
    const signature = sign(body, STAND_IN_STRIPE.webhookSecret);
    for (const _time of [1, 2, 3]) {
      expect((await clients.postWebhook(body, signature)).status).toBe(200);
      const execution = new DescribeExecutionCommand({ executionArn: executionArn("evt_replayed") });
      await expect
        .poll(() => clients.sfn.send(execution))
        .toMatchObject({ status: "SUCCEEDED", redriveCount: 0 });
    }
    expect((await listNames()).filter((name) => name?.startsWith("evt_replayed"))).toHaveLength(1);
  });

  test("twenty bodies that never end hold up nobody", async () => {
    const head = [
      "POST /api/webhooks/stripe HTTP/1.1",
      "Host: localhost",
      "Content-Type: application/json",
      "Content-Length: 1000",
      `Stripe-Signature: ${sign(payloadOf("evt_slow"), STAND_IN_STRIPE.webhookSecret)}`,
    ];
    const slow = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = connect(stack.ports.http, "127.0.0.1");
        await new Promise((resolve) => socket.write(`${head.join("\r\n")}\r\n\r\n{"id"`, resolve));
        return socket;
      }),
    );
    const body = payloadOf("evt_meanwhile");
    const headers = { host: "localhost", "stripe-signature": sign(body, STAND_IN_STRIPE.webhookSecret) };
    const request = {
      method: "POST",
      path: "/api/webhooks/stripe",
      headers,
      signal: AbortSignal.timeout(5_000),
    };
    await expect(sendRaw(stack.ports.http, request, body)).resolves.toMatchObject({ status: 200 });
    for (const socket of slow) socket.destroy();
    await expect(clients.postWebhook(payloadOf("evt_afterwards"))).resolves.toMatchObject({ status: 200 });
    expect(await listNames()).not.toContain("evt_slow");
  });
});
