import { expect, test, vi } from "vitest";
import { handlersOf } from "#infra/local/functions/handlers.ts";
import { runtimeHere } from "#infra/local/functions/invocation.ts";
import { createLambdaContext } from "#infra/local/http-api/lambda-context.ts";

/** The handlers, all of which are this one. */
function deploy(handler: (event: unknown, context?: unknown) => unknown) {
  const run = async (...given: [unknown]) => handler(...given);
  const exports = { handler: run, linkCustomer: run };
  return handlersOf(runtimeHere(async () => exports)) as unknown as {
    webhook: { handler(event?: unknown, context?: unknown): Promise<unknown> };
    steps: { linkCustomer(event: unknown): Promise<unknown> };
  };
}

test("events and results cross as JSON, as Lambda sends them", async () => {
  const handler = vi.fn(() => ({ at: new Date(0), left: undefined }));
  const { steps } = deploy(handler);
  await expect(steps.linkCustomer({ a: 1, b: undefined })).resolves.toEqual({
    at: "1970-01-01T00:00:00.000Z",
  });
  expect(handler).toHaveBeenCalledWith({ a: 1 });
  expect(Object.keys((handler.mock.calls as unknown[][])[0]?.[0] ?? {})).toEqual(["a"]);
});

test("a handler that returns nothing has returned null", async () => {
  await expect(deploy(() => undefined).webhook.handler()).resolves.toBeNull();
});

test("a result that is no JSON is an error of the runtime", async () => {
  const { webhook } = deploy(() => ({ amount: 1n }));
  await expect(webhook.handler({})).rejects.toMatchObject({ name: "Runtime.MarshalError" });
});

test.each([
  [Object.assign(new Error("not ours"), { name: "InvalidSession" }), "InvalidSession", "not ours"],
  ["a text", "string", "a text"],
])("what is thrown comes back by its name", async (thrown, name, message) => {
  const { webhook } = deploy(() => {
    throw thrown;
  });
  await expect(webhook.handler({})).rejects.toMatchObject({ name, message });
});

test("whoever is given a time knows how much of it is left", async () => {
  const left = vi.fn((_event: unknown, context: unknown) =>
    (context as { getRemainingTimeInMillis(): number }).getRemainingTimeInMillis(),
  );
  await expect(
    deploy(left).webhook.handler({}, createLambdaContext("bursar-webhook", "one")),
  ).resolves.toBeGreaterThan(0);
  expect(left).toHaveBeenCalledWith(
    {},
    expect.objectContaining({ functionName: "bursar-webhook", awsRequestId: "one" }),
  );
});
