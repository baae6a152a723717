import { expect, test } from "vitest";
import type { MetricName } from "#infra/deployment/metrics.ts";
import { createFaults } from "#infra/local/aws/faults.ts";
import { createLambda } from "#infra/local/aws/lambda.ts";

function deployEcho() {
  const recorded: MetricName[] = [];
  const faults = createFaults();
  const setFault = (kind: string, functionName: string) =>
    faults.control(
      { method: "POST", headers: { "content-type": "application/json" } },
      JSON.stringify({ faults: [{ target: `Lambda.${functionName}`, kind }] }),
    );
  const waits: number[] = [];
  const wait = async (milliseconds: number) => waits.push(milliseconds);
  const deploy = createLambda(faults, (metric) => recorded.push(metric), wait);
  const echo = deploy("api", async (given: string) => {
    if (given === "fail") throw new RangeError("as asked");
    return given;
  });
  return { echo, recorded, waits, setFault };
}

test("a function answers as it is, and what it throws is counted and thrown on", async () => {
  const { echo, recorded } = deployEcho();
  await expect(echo("hello")).resolves.toBe("hello");
  expect(recorded).toEqual([]);
  await expect(echo("fail")).rejects.toThrow(RangeError);
  expect(recorded).toEqual(["errors:api"]);
});

test.each([
  ["refuse", "Runtime.ExitError", ["errors:api", "crashes:api"]],
  ["throttle", "Lambda.TooManyRequestsException", ["throttles:api"]],
])("a fault of the kind %s is %s, and counted as Lambda counts it", async (kind, name, metrics) => {
  const { echo, recorded, setFault } = deployEcho();
  setFault(kind, "bursar-api");
  await expect(echo("hello")).rejects.toMatchObject({ name });
  expect(recorded).toEqual(metrics);
});

test("a throttle is told in the words in which Step Functions passes it on", async () => {
  const { echo, setFault } = deployEcho();
  setFault("throttle", "bursar-api");
  await expect(echo("hello")).rejects.toThrow(
    /^Rate Exceeded\. \(Service: AWSLambda; Status Code: 429; Error Code: TooManyRequestsException; Request ID: [\w-]+; Proxy: null\)$/,
  );
});

test("a function that hangs is ended at its time limit, and that is counted as what broke it off", async () => {
  const { echo, recorded, waits, setFault } = deployEcho();
  setFault("hang", "bursar-api");
  await expect(echo("hello")).rejects.toThrow("Task timed out after 28.00 seconds");
  expect(waits).toEqual([28_000]);
  expect(recorded).toEqual(["errors:api", "crashes:api"]);
});

test("a fault of another function is none of its concern", async () => {
  const { echo, setFault } = deployEcho();
  // Names that begin alike are two functions, too.
  setFault("refuse", "bursar-ap");
  await expect(echo("hello")).resolves.toBe("hello");
});
