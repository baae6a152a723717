import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { closeServer, listenOnLoopback } from "#infra/one-machine/loopback.ts";
import type { Watch } from "#infra/one-machine/own-user.ts";
import { canTellUsers } from "#infra/one-machine/peer-owner.ts";
import { hasIpv6 } from "#test/support/has-ipv6.ts";
import { askAsOtherUser, OTHER_USERS_WATCH } from "#test/support/other-user.ts";

const REQUEST = "POST /sell HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 2\r\n\r\nit";
const ADDRESSES = hasIpv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"];

async function serve(watch?: Watch, answer: RequestListener = (_, response) => void response.end("sold")) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    answer(request, response);
  });
  const port = await listenOnLoopback(server, 0, watch);
  onTestFinished(() => closeServer(server));
  return { port, server, requests: () => requests };
}

describe.runIf(canTellUsers).each(ADDRESSES)("on %s", (host) => {
  test("another user of the machine is refused in a sentence, and nothing of the request is read", async () => {
    const { port, requests } = await serve(OTHER_USERS_WATCH);
    const answer = await askAsOtherUser(host, port, REQUEST);
    expect(answer).toContain("403 Forbidden");
    expect(answer).toContain("only the user who has started it");
    expect(requests()).toBe(0);
  });

  test("whoever runs it is served, also what is larger than a socket's buffer", async () => {
    const { port } = await serve(undefined, (request, response) => void request.pipe(response));
    const body = "x".repeat(3_000_000);
    const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
    const answer = await fetch(url, { method: "POST", body });
    expect(await answer.text()).toBe(body);
  });
});

const known = (owner: number | undefined): Watch => ({ user: 1000, findOwner: async () => owner });

test.each([
  ["its own user", 200, known(1000)],
  ["root, who can read the key anyway", 200, known(0)],
  ["another user", 403, known(1001)],
  ["whoever is in no table", 403, known(undefined)],
  [
    "anybody while the tables cannot be read",
    403,
    { user: 1000, findOwner: () => Promise.reject(new Error()) },
  ],
])("%s gets %i", async (_who, status, watch) => {
  const { port, requests } = await serve(watch);
  expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(status);
  expect(requests()).toBe(status === 200 ? 1 : 0);
});

test("a connection is looked at once, however many requests it brings", async () => {
  let looks = 0;
  const { port } = await serve({
    user: 1000,
    findOwner: async () => {
      looks += 1;
      return 1000;
    },
  });
  const request = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";
  const socket = connect(port, "127.0.0.1", () => socket.write(request.repeat(3)));
  let answers = "";
  for await (const chunk of socket) {
    answers += String(chunk);
    if (answers.match(/200 OK/g)?.length === 3) break;
  }
  expect(looks).toBe(1);
});

test("whoever hangs up while being looked at ends nothing, and a server closes without waiting for the look", async () => {
  let answer: (owner: number) => void = () => {};
  const asked: unknown[] = [];
  const findOwner = (ends: unknown) =>
    new Promise<number>((resolve) => {
      asked.push(ends);
      answer = resolve;
    });
  const { port, server } = await serve({ user: 1000, findOwner });
  const gone = connect(port, "127.0.0.1");
  await expect.poll(() => asked.length).toBe(1);
  gone.resetAndDestroy();
  answer(1000);
  const waiting = connect(port, "127.0.0.1");
  await expect.poll(() => asked.length).toBe(2);
  const closing = closeServer(server);
  answer(1000);
  await closing;
  await once(waiting, "close");
});
