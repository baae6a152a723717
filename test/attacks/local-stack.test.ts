import { chmod } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { readLocalSettings } from "#infra/local/settings.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { canTellUsers } from "#infra/one-machine/peer-owner.ts";
import { startConsole } from "#infra/operate/console/start-console.ts";
import { sendRaw } from "#test/infra/local/http-api/raw-request.ts";
import { hasIpv6 } from "#test/support/has-ipv6.ts";
import { askAsOtherUser, isRoot } from "#test/support/other-user.ts";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  type StackPlace,
  spawnStart,
  startRunningStack,
} from "#test/support/running-stack.ts";
import { listListeningAddresses } from "./listening-addresses.ts";
import { listReadableByOthers } from "./readable-by-others.ts";

let place: StackPlace;
let stack: RunningStack;

beforeAll(async () => {
  place = await createStackPlace();
  await chmod(place.dataDir, 0o755);
  stack = await startRunningStack(place);
});

afterAll(async () => {
  await stack?.stop();
  await removeStackPlace(place);
});

async function startOwnConsole(): Promise<number> {
  const aws = awsOf(stack);
  const running = await startConsole({ port: 0, aws, stateMachineArn: STATE_MACHINE_ARN, mayRedrive: true });
  onTestFinished(() => running.close());
  return Number(new URL(running.url).port);
}

describe("every local server", () => {
  const servers = ["http", "aws", "stripe", "signIn"] as const;

  test.each([
    ["http", "GET", "/config.json", ""],
    ["aws", "GET", "/_bursar/faults", ""],
    ["stripe", "GET", "/_bursar/events", ""],
    ["signIn", "GET", "/jwks", ""],
  ] as const)("%s answers to this machine's names only", async (server, method, target, body) => {
    const port = stack.ports[server];
    const ask = (host: string) => {
      return sendRaw(port, { method, path: target, headers: { host } }, body);
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
    const port = await startOwnConsole();
    const ask = (host: string) => sendRaw(port, { path: "/api/executions", headers: { host } });
    expect((await ask(`localhost:${port}`)).status).toBe(200);
    expect((await ask("evil.example")).status).toBe(421);
    const redrive = `http://localhost:${port}/api/executions/evt_1/redrive`;
    const forged = await fetch(redrive, { method: "POST", headers: { origin: "https://evil.example" } });
    expect(forged.status).toBe(403);
  });

  test.each([
    ["stripe", "/_bursar/foreign-sales", "POST"],
    ["stripe", "/_bursar/events", "GET"],
    ["aws", "/_bursar/faults", "GET"],
  ] as const)("%s%s is not asked by a page of another site", async (server, path, method) => {
    const port = stack.ports[server];
    const ask = async (headers: Record<string, string>) =>
      (await sendRaw(port, { method, path, headers: { host: `localhost:${port}`, ...headers } })).status;
    expect(await ask({})).toBeLessThan(300);
    expect(await ask({ origin: `http://localhost:${port}`, "sec-fetch-site": "same-origin" })).toBeLessThan(
      300,
    );
    expect(await ask({ origin: "https://evil.example" })).toBe(403);
    expect(await ask({ origin: "http://localhost:1" })).toBe(403);
    expect(await ask({ origin: "null" })).toBe(403);
    expect(await ask({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(await ask({ "sec-fetch-site": "same-site" })).toBe(403);
  });

  // Who is not root cannot be somebody else; the guard that all of them share is then tested by itself.
  test.runIf(isRoot && canTellUsers).each([
    ["http", "GET /config.json"],
    ["aws", "GET /_bursar/faults"],
    ["stripe", "POST /_bursar/foreign-sales"],
    ["signIn", "GET /jwks"],
    ["console", "GET /api/executions"],
  ] as const)("%s refuses another user of the machine on both addresses", async (server, what) => {
    const port = server === "console" ? await startOwnConsole() : stack.ports[server];
    const request = `${what} HTTP/1.1\r\nhost: localhost:${port}\r\nconnection: close\r\n\r\n`;
    for (const host of hasIpv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"]) {
      const answer = await askAsOtherUser(host, port, request);
      expect(answer).toMatch(/^HTTP\/1\.1 403 /);
      expect(answer).toMatch(/only the user who has started it\.\n$/);
    }
  });

  test("no port is open but those that people are told of, and all of them listen on both loopback addresses only", async () => {
    const addresses = await listListeningAddresses(stack.pid);
    const loopback = hasIpv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"];
    for (const address of loopback) {
      const ports = addresses.filter((listening) => listening.address === address).map(({ port }) => port);
      expect(ports.sort()).toEqual(servers.map((name) => stack.ports[name]).sort());
    }
    expect(addresses.filter(({ address }) => !loopback.includes(address))).toEqual([]);
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
