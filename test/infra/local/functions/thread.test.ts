import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { metricsChannel } from "#handlers/metrics-channel.ts";
import { environmentOf } from "#infra/local/deployed-functions.ts";
import type { Invocation } from "#infra/local/functions/invocation.ts";
import { startHandlerThread } from "#infra/local/functions/thread.ts";
import { TEST_ACCESS_KEY } from "#test/support/local-access-key.ts";

const MOODY = fileURLToPath(new URL("moody-thread.mjs", import.meta.url));

async function startMoodyThread() {
  const { run, close } = await startHandlerThread({ WHO: "the thread's own" }, MOODY);
  onTestFinished(close);
  return (mood: string) =>
    run({ entry: "webhook", name: "handler", event: JSON.stringify(mood), context: undefined });
}

test("the thread has the environment that it was given, and the process keeps its own", async () => {
  const ask = await startMoodyThread();
  await expect(ask("tells")).resolves.toEqual({ result: '"the thread\'s own"' });
  expect(process.env["WHO"]).toBeUndefined();
});

test.each([
  ["exits", "Runtime exited with error: exit status 3"],
  ["throws", "Runtime exited with error: nobody caught this"],
])(
  "a thread that %s fails all that it had in hand, and the next invocation has a new one",
  async (mood, message) => {
    const ask = await startMoodyThread();
    const inHand = ask("hangs").catch((error: unknown) => error);
    await Promise.allSettled([ask(mood), ask("hangs")]);
    await expect(inHand).resolves.toMatchObject({ name: "Runtime.ExitError", message });
    await expect(ask("tells")).resolves.toEqual({ result: '"the thread\'s own"' });
  },
);

test("what is counted in the thread is heard here", async () => {
  const listen = vi.fn();
  metricsChannel.subscribe(listen);
  onTestFinished(() => {
    metricsChannel.unsubscribe(listen);
  });
  const ask = await startMoodyThread();
  await ask("counts");
  expect(listen).toHaveBeenCalledWith({ name: "Redriven", count: 2 }, expect.anything());
});

test("the shipped handlers run in it, and what they throw comes back by its name", async () => {
  const addresses = {
    awsUrl: "http://localhost:1",
    clientUrl: "http://localhost:2",
    stripeApiBase: undefined,
  };
  const { run, close } = await startHandlerThread(
    environmentOf({ ...addresses, accessKey: TEST_ACCESS_KEY, logLevel: "SILENT" }),
  );
  onTestFinished(close);
  const step: Invocation = { entry: "steps", name: "validateSession", event: "{}", context: undefined };
  await expect(run(step)).resolves.toMatchObject({ errorType: "InvalidPaymentEvent" });
  const body = {
    version: "2.0",
    rawPath: "/api/health",
    headers: {},
    requestContext: { http: { method: "GET" } },
  };
  const context = { functionName: "bursar-api", awsRequestId: "one" };
  const outcome = await run({ entry: "api", name: "handler", event: JSON.stringify(body), context });
  expect(outcome).toMatchObject({ result: expect.stringContaining('"statusCode":200') as unknown });
});

test("a thread that cannot load says why", async () => {
  await expect(startHandlerThread({})).rejects.toThrow(/^Runtime exited with error: .* is not usable/);
});

test("who comes when the functions are stopped is told so, and no new thread begins", async () => {
  const { run, close } = await startHandlerThread({}, MOODY);
  await close();
  const late = run({ entry: "webhook", name: "handler", event: JSON.stringify("tells"), context: undefined });
  await expect(late).rejects.toThrow("The functions are stopped");
});
