import { expect, test, vi } from "vitest";
import { createFaults } from "#infra/local/aws/faults.ts";
import type { AwsService } from "#infra/local/aws/wire.ts";

const works: AwsService = async () => ({ status: 200, headers: {}, body: "{}" });

const ask = (service: AwsService, target: string) =>
  service({ operation: "", target, headers: {}, body: "", isAbandoned: () => false });

const json = { "content-type": "application/json" };

const set = (faults: ReturnType<typeof createFaults>, body: object) =>
  faults.control({ method: "POST", headers: json }, JSON.stringify(body));

test("only what a fault names goes wrong, in AWS's words, until it is mended", async () => {
  const faults = createFaults();
  const service = faults.guard(works);
  set(faults, {
    faults: [
      { target: "DynamoDB_20120810.PutItem", kind: "refuse" },
      { target: "AmazonSQS.", kind: "throttle" },
    ],
  });
  const refused = await ask(service, "DynamoDB_20120810.PutItem");
  expect(refused).toMatchObject({ status: 400, headers: { "x-amzn-errortype": "AccessDeniedException" } });
  const throttled = await ask(service, "AmazonSQS.SendMessage");
  expect(throttled).toMatchObject({ headers: { "x-amzn-errortype": "ThrottlingException" } });
  await expect(ask(service, "DynamoDB_20120810.GetItem")).resolves.toMatchObject({ status: 200 });
  set(faults, { faults: [] });
  await expect(ask(service, "AmazonSQS.SendMessage")).resolves.toMatchObject({ status: 200 });
});

test("a page elsewhere, which cannot send JSON unasked, sets no fault", async () => {
  const faults = createFaults();
  const body = JSON.stringify({ faults: [{ target: "A", kind: "refuse" }] });
  const answer = faults.control({ method: "POST", headers: { "content-type": "text/plain" } }, body);
  expect(answer.status).toBe(415);
  expect(JSON.parse(faults.control({ method: "GET", headers: {} }, "").body)).toEqual({ faults: [] });
});

test("what is no fault is refused, and those that stand stay", async () => {
  const faults = createFaults();
  set(faults, { faults: [{ target: "AmazonSQS.", kind: "refuse" }] });
  expect(set(faults, { faults: [{ target: "AmazonSQS.", kind: "explode" }] }).status).toBe(400);
  await expect(ask(faults.guard(works), "AmazonSQS.SendMessage")).resolves.toMatchObject({ status: 400 });
});

test("what hangs is neither answered nor done", async () => {
  const faults = createFaults();
  const done = vi.fn(works);
  set(faults, { faults: [{ target: "AmazonSQS.", kind: "hang" }] });
  const hanging = ask(faults.guard(done), "AmazonSQS.SendMessage");
  set(faults, { faults: [] });
  await expect(
    Promise.race([hanging, ask(faults.guard(works), "AmazonSQS.SendMessage").then(() => "the next")]),
  ).resolves.toBe("the next");
  expect(done).not.toHaveBeenCalled();
});
