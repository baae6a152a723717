import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runNpmCommand, type Script } from "#test/support/run-npm-command.ts";

const ENDPOINT = [
  "--endpoint",
  "https://courses.example.com/api/webhooks/stripe",
  "--because",
  "first deployment",
];
const DENIED =
  "User: arn:aws:iam::1:user/x is not authorized to perform: some:Action on resource: it because no policy allows it";

/** What answers at `/<fault>`, as AWS does with such an account. */
const FAULTS: Record<string, { status: number; name: string; message: string }> = {
  deleted: {
    status: 400,
    name: "InvalidRequestException",
    message: "You can't perform this operation on the secret because it was marked for deletion.",
  },
  absent: { status: 400, name: "ResourceNotFoundException", message: "Secrets Manager can't find it." },
  denied: { status: 400, name: "AccessDeniedException", message: DENIED },
  expired: { status: 400, name: "ExpiredTokenException", message: "The security token is expired" },
};

const server = createServer((request, response) => {
  // Before anything is done the ledger is written.
  if (request.url?.startsWith("/absent") && String(request.headers["x-amz-target"]).endsWith("PutItem")) {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end("{}");
    return;
  }
  const { status, name, message } = FAULTS[request.url?.split("/")[1] ?? ""] ?? {};
  // Whoever is not named is not answered.
  if (!status) return;
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": name };
  response.writeHead(status, headers).end(JSON.stringify({ __type: name, message }));
});

let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const keys = { STRIPE_SECRET_KEY: "sk_test_never_shown", STRIPE_PUBLISHABLE_KEY: "pk_test_1" };

async function run(script: Script, words: string[], awsUrl: string) {
  const { code, stdout, stderr } = await runNpmCommand(script, words, { AWS_ENDPOINT_URL: awsUrl, ...keys });
  return { code, stdout, said: stderr.trim() };
}

describe.concurrent("stripe:setup", () => {
  test.each([
    [
      "a secret that is marked for deletion",
      "deleted",
      /^The secret learnermax\/stripe is marked for deletion\. Bring it back with `aws secretsmanager restore-secret --secret-id learnermax\/stripe`/,
    ],
    [
      "a secret that nobody may read",
      "denied",
      /^AWS does not allow you some:Action on it\. Add that permission/,
    ],
    ["credentials that have expired", "expired", /^AWS refuses the credentials: they have expired/],
    ["an AWS that takes the connection and never answers", "hanging", /^No answer came from .* in time\./],
  ])("meets %s with a sentence that says what to do, and ends with 1", async (_what, fault, sentence) => {
    const { code, stdout, said } = await run("stripe:setup", ENDPOINT, `${url}/${fault}`);
    expect(said).toMatch(sentence);
    expect(said).not.toMatch(/Exception|\$metadata|never_shown|\n/);
    expect([code, stdout]).toEqual([1, ""]);
  });

  test("meets an AWS that is not there in the same way", async () => {
    const { code, said } = await run("stripe:setup", ENDPOINT, "http://127.0.0.1:1");
    expect(said).toMatch(/^Nothing answers at 127\.0\.0\.1:1\. Start it, or correct AWS_ENDPOINT_URL/);
    expect(code).toBe(1);
  });

  test("takes a secret that does not exist for the first time, and goes on to Stripe", async () => {
    const env = { AWS_ENDPOINT_URL: `${url}/absent`, STRIPE_API_BASE: "http://127.0.0.1:1", ...keys };
    const { code, stderr } = await runNpmCommand("stripe:setup", ENDPOINT, env);
    expect(stderr.trim()).toMatch(/^Nothing answers at 127\.0\.0\.1:1\. .*STRIPE_API_BASE/);
    expect(code).toBe(1);
  });
});

const stateMachine = "arn:aws:states:us-east-1:000000000000:stateMachine:bursar-enrollment";

describe.concurrent("without permission", () => {
  test.each<[Script, string[]]>([
    ["seed", ["test/support/one-course.json", "--because", "new"]],
    ["find", ["evt_1"]],
    ["ops", ["withdraw", "cs_test_1", "--because", "refunded"]],
    ["dead-letters", ["list"]],
    ["reconcile", []],
    ["console", ["--state-machine", stateMachine, "--port", "0"]],
  ])("npm run %s ends with 1 and the permission that is missing", async (script, words) => {
    const { code, said } = await run(script, words, `${url}/denied`);
    expect(said.split("\n").at(-1)).toMatch(
      /^AWS does not allow you some:Action on it\. Add that permission/,
    );
    expect(said).not.toMatch(/Exception|not authorized/);
    expect(code).toBe(1);
  });
});
