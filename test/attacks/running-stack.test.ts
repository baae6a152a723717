import { chmod, readFile } from "node:fs/promises";
import { connect } from "node:net";
import path from "node:path";
import { DescribeExecutionCommand, ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { executionArn } from "#infra/local/follow-execution.ts";
import { OIDC_CLIENT_ID, REGION, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { SEEDED_STUDENTS } from "#infra/local/seeded-students.ts";
import { readLocalSettings, STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { requestAccessToken } from "#infra/local/sign-in/request-access-token.ts";
import { createStandInClient } from "#infra/local/stand-in-control.ts";
import { type StudentSession, signIn } from "#infra/local/student-session.ts";
import { startConsole } from "#infra/operate/console/start-console.ts";
import { sendRaw } from "#test/infra/local/http-api/raw-request.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  type StackPlace,
  spawnStart,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { createStackClients, type StackClients } from "#test/support/stack-clients.ts";
import { sign, stripeEvent } from "#test/support/stripe-events.ts";
import { createTokenForge, type TokenForge } from "./forge-token.ts";
import { listListeningAddresses } from "./listening-addresses.ts";
import { listReadableByOthers } from "./readable-by-others.ts";

const [ada, grace] = SEEDED_STUDENTS.map(({ userId }) => userId) as [string, string];

let place: StackPlace;
let stack: RunningStack;
let clients: StackClients;
let eve: StudentSession;
let forge: TokenForge;

beforeAll(async () => {
  place = await createStackPlace();
  await chmod(place.dataDir, 0o755);
  stack = await startRunningStack(place);
  clients = createStackClients(stack);
  eve = await signIn("eve@example.com", stack);
  const keys = await readFile(path.join(place.dataDir, "sign-in", "sign-in-keys.json"), "utf8");
  forge = createTokenForge(JSON.parse(keys), eve.accessToken);
});

afterAll(async () => {
  await stack?.stop();
  await removeStackPlace(place);
});

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

describe("an access token", () => {
  const listEnrollments = (token: string) =>
    fetch(`${stack.clientUrl}/api/enrollments`, { headers: { authorization: `Bearer ${token}` } });

  test("made by the issuer's own key is what the forgeries below differ from in one thing", async () => {
    expect((await listEnrollments(forge.signed({}))).status).toBe(200);
    expect((await listEnrollments(eve.accessToken)).status).toBe(200);
  });

  test.each<[string, () => string]>([
    ["of nothing", () => ""],
    ["that has run out", () => forge.signed({ exp: 1 })],
    ["that never runs out", () => forge.signed({ exp: undefined })],
    ["that is not valid yet", () => forge.signed({ nbf: Math.floor(Date.now() / 1000) + 600 })],
    ["for another client", () => forge.signed({ aud: "another-client" })],
    ["of another issuer", () => forge.signed({ iss: "http://evil.example" })],
    ["with alg none", () => forge.unsigned({})],
    ["with alg None", () => forge.unsigned({}, "None")],
    ["with the public key as an HMAC's secret", () => forge.signedWithPublicKey({})],
    ["of a foreign key under the issuer's key id", () => forge.signedByStranger({})],
    ["of a foreign key that it brings along", () => forge.signedByStranger({}, "jwk")],
    ["with Ada's id and the old signature", () => forge.altered({ sub: ada })],
    ["without its signature", () => eve.accessToken.replace(/[^.]+$/, "")],
  ])("%s is unauthorized", async (_what, makeToken) => {
    expect((await listEnrollments(makeToken())).status).toBe(401);
  });

  test("is not replaced by an id token", async () => {
    const { idToken } = await requestAccessToken({
      issuerUrl: stack.issuerUrl,
      clientId: OIDC_CLIENT_ID,
      redirectUri: `${stack.clientUrl}/sign-in/callback`,
      email: "eve@example.com",
    });
    expect((await listEnrollments(idToken)).status).toBe(403);
  });
});

describe("every local server", () => {
  const servers = ["http", "aws", "stripe", "signIn"] as const;

  test.each([
    ["http", "GET", "/config.json", ""],
    ["aws", "POST", "/", '{"SecretId":"learnermax/stripe"}'],
    ["stripe", "GET", "/_bursar/events", ""],
    ["signIn", "GET", "/jwks", ""],
  ] as const)("%s answers to this machine's names only", async (server, method, target, body) => {
    const port = stack.ports[server];
    const ask = (host: string) => {
      const headers = { host, "x-amz-target": "secretsmanager.GetSecretValue" };
      return sendRaw(port, { method, path: target, headers }, body);
    };
    const genuine = await ask(`localhost:${port}`);
    expect(genuine.status).toBe(200);
    for (const host of [
      "evil.example",
      `evil.example:${port}`,
      "localhost.evil.example",
      "127.0.0.1.evil.example",
    ]) {
      const answer = await ask(host);
      expect(answer.status).toBe(421);
      expect(answer.body).not.toContain(genuine.body);
    }
  });

  test("the console answers to this machine's names only, and changes nothing for a page elsewhere", async () => {
    const aws = { region: REGION, endpointUrl: stack.awsUrl };
    const options = { port: 0, aws, stateMachineArn: STATE_MACHINE_ARN, mayRedrive: true };
    const running = await startConsole(options);
    onTestFinished(() => running.close());
    const port = Number(new URL(running.url).port);
    const ask = (host: string) => sendRaw(port, { path: "/api/executions", headers: { host } });
    expect((await ask(`localhost:${port}`)).status).toBe(200);
    expect((await ask("evil.example")).status).toBe(421);
    const redrive = `${running.url}/api/executions/evt_altered_1/redrive`;
    const forged = await fetch(redrive, { method: "POST", headers: { origin: "https://evil.example" } });
    expect(forged.status).toBe(403);
  });

  test("and whatever else the process has open listens on 127.0.0.1", async () => {
    const addresses = await listListeningAddresses(stack.pid);
    expect(addresses.map(({ port }) => port)).toEqual(
      expect.arrayContaining(servers.map((name) => stack.ports[name])),
    );
    expect(addresses.filter(({ address }) => address !== "127.0.0.1")).toEqual([]);
  });

  test("gives nothing away at a port that is not for anyone", async () => {
    const known = servers.map((name) => stack.ports[name]);
    const others = (await listListeningAddresses(stack.pid)).filter(({ port }) => !known.includes(port));
    for (const { port } of others) {
      const headers = { host: "localhost", "x-amz-target": "DynamoDB_20120810.ListTables" };
      await expect(sendRaw(port, { method: "POST", path: "/", headers }, "{}")).rejects.toThrow(
        /socket hang up|ECONNRESET/,
      );
    }
  });
});

test("what the stack has written is readable by its owner only, even where the data directory is open to all", async () => {
  expect(await listReadableByOthers(place.dataDir)).toEqual([]);
});

describe("a live key", () => {
  const testKeys = {
    STRIPE_SECRET_KEY: "sk_test_1",
    STRIPE_PUBLISHABLE_KEY: "pk_test_1",
    STRIPE_WEBHOOK_SECRET: "whsec_1",
  };

  test.each([
    ["STRIPE_SECRET_KEY", "sk_live_51Bursar"],
    ["STRIPE_SECRET_KEY", "rk_live_51Bursar"],
    ["STRIPE_SECRET_KEY", " sk_live_51Bursar"],
    ["STRIPE_PUBLISHABLE_KEY", "pk_live_51Bursar"],
  ])("in %s is refused: %j", (name, key) => {
    expect(() => readLocalSettings({ ...testKeys, [name]: key })).toThrow(new RegExp(`${name} .*test key`));
  });

  test("ends the start in a sentence that does not repeat the key", async () => {
    const child = spawnStart(place, ["--no-client"], { ...testKeys, STRIPE_SECRET_KEY: "sk_live_51Bursar" });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
    }
    expect(await new Promise((resolve) => child.once("close", resolve))).toBe(1);
    expect(said).toContain("STRIPE_SECRET_KEY is a live key");
    expect(said).not.toContain("51Bursar");
  });
});

describe("the way back", () => {
  test("from checkout is the client's own, whatever a request says about itself", async () => {
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

  test.each([
    "https://evil.example/sign-in/callback",
    "//evil.example",
    "http://localhost:1/sign-in/callback",
  ])("from sign-in is never %s", async (redirectUri) => {
    const query = new URLSearchParams({
      response_type: "code",
      client_id: OIDC_CLIENT_ID,
      redirect_uri: redirectUri,
      scope: "openid",
      code_challenge: "x".repeat(43),
      code_challenge_method: "S256",
    });
    const { authorization_endpoint: endpoint } = (await (
      await fetch(`${stack.issuerUrl}/.well-known/openid-configuration`)
    ).json()) as { authorization_endpoint: string };
    const answer = await fetch(`${endpoint}?${query}`, { redirect: "manual" });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
  });
});
