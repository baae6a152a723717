import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  ExecutionNotRedrivable,
  type ExecutionStatus,
  SFNClient,
} from "@aws-sdk/client-sfn";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createExecutions } from "#handlers/adapters/step-functions/executions.ts";
import { createFailedExecutions } from "#handlers/adapters/step-functions/failed-executions.ts";
import { executionNameOf } from "#handlers/adapters/step-functions/names.ts";
import { paymentEvent } from "#test/support/payment-events.ts";

const ARN = "arn:aws:states:us-east-1:000000000000:stateMachine:bursar-enrollment";
const client = new SFNClient({});
const send = vi.spyOn(client, "send");

interface Standing {
  status: ExecutionStatus;
  /** Just started by somebody else: its name is taken, and DescribeExecution does not know it yet. */
  isNotSeenYet?: boolean;
  /** Why it is not redrivable, in AWS's words. */
  reason?: string;
  input?: string;
  definition?: string;
}

/** What Step Functions knows, and what it was asked for. */
let standing: Record<string, Standing>;
let asked: string[];
let isThrottled: boolean;

beforeEach(() => {
  isThrottled = false;
  standing = {};
  asked = [];
  send.mockImplementation(((command: { constructor: { name: string }; input: Record<string, string> }) => {
    const operation = command.constructor.name.replace(/Command$/, "");
    const name = command.input["name"] ?? command.input["executionArn"]?.split(":").at(-1) ?? "";
    asked.push(name ? `${operation} ${name}` : operation);
    const execution = standing[name];
    const metadata = { message: "", $metadata: {} };
    switch (operation) {
      case "StartExecution":
        if (execution) return Promise.reject(new ExecutionAlreadyExists(metadata));
        standing[name] = { status: "RUNNING", input: command.input["input"] ?? "" };
        return Promise.resolve({});
      case "RedriveExecution":
        if (execution?.reason === undefined) return Promise.resolve({});
        return Promise.reject(new ExecutionNotRedrivable({ ...metadata, message: execution.reason }));
      case "DescribeStateMachine":
        return Promise.resolve({ definition: "current" });
      case "DescribeStateMachineForExecution":
        return Promise.resolve({ definition: execution?.definition ?? "current" });
      default:
        if (isThrottled) return Promise.reject(new Error("throttled"));
        if (!execution || execution.isNotSeenYet) return Promise.reject(new ExecutionDoesNotExist(metadata));
        return Promise.resolve({ status: execution.status, input: execution.input });
    }
  }) as never);
});

describe("a delivery of an event", () => {
  const start = () => createExecutions(ARN, client).startExecution(paymentEvent());

  test("starts the execution that is named after it", async () => {
    await expect(start()).resolves.toBe("started");
    expect(asked).toEqual(["StartExecution evt_1"]);
  });

  test("redrives the execution when that has failed", async () => {
    standing = { evt_1: { status: "FAILED" } };
    await expect(start()).resolves.toBe("redriven");
    expect(asked).toEqual(["StartExecution evt_1", "RedriveExecution evt_1"]);
  });

  test.each(["RUNNING", "SUCCEEDED"] as const)(
    "is a duplicate when that is %s, without a call of DescribeExecution",
    async (status) => {
      standing = { evt_1: { status, reason: `Execution is ${status} and cannot be redriven` } };
      await expect(start()).resolves.toBe("duplicate");
      expect(asked).not.toContain("DescribeExecution evt_1");
    },
  );

  test("is a duplicate when AWS says it in other words, at the cost of a look", async () => {
    standing = { evt_1: { status: "SUCCEEDED", reason: "not redrivable" } };
    await expect(start()).resolves.toBe("duplicate");
    expect(asked.at(-1)).toBe("DescribeExecution evt_1");
  });

  test.each<ExecutionStatus>(["FAILED", "TIMED_OUT", "ABORTED"])(
    "starts a fresh execution when that is %s and past redrive",
    async (status) => {
      standing = { evt_1: { status, reason: "Execution exceeds the redrivable period of 14 days" } };
      await expect(start()).resolves.toBe("redriven");
      expect(asked.at(-1)).toBe("StartExecution evt_1-r1");
      expect(JSON.parse(standing["evt_1-r1"]?.input ?? "")).toEqual(paymentEvent());
    },
  );

  test("redrives the fresh execution when that has failed too, and starts the next when it is past redrive", async () => {
    const reason = "Execution exceeds the redrivable period of 14 days";
    standing = { evt_1: { status: "FAILED", reason }, "evt_1-r1": { status: "FAILED" } };
    await start();
    expect(asked.at(-1)).toBe("RedriveExecution evt_1-r1");
    standing["evt_1-r1"] = { status: "FAILED", reason };
    await start();
    expect(asked.at(-1)).toBe("StartExecution evt_1-r2");
  });

  test("is not answered when the look is throttled: it goes to the overflow queue", async () => {
    standing = { evt_1: { status: "FAILED", reason: "?" } };
    isThrottled = true;
    await expect(start()).rejects.toThrow("throttled");
  });
});

describe("following up a settled session", () => {
  const ensure = () => createExecutions(ARN, client).ensureExecution(paymentEvent({ eventId: "cs_test_1" }));

  test("starts the execution that is named after it", async () => {
    await expect(ensure()).resolves.toBe("running");
    expect(asked).toEqual(["StartExecution cs_test_1"]);
  });

  test.each<[ExecutionStatus, string]>([
    ["RUNNING", "running"],
    ["SUCCEEDED", "succeeded"],
    ["FAILED", "failed"],
    ["TIMED_OUT", "failed"],
    ["ABORTED", "failed"],
  ])("says of one that is %s that it is %s, and never redrives it", async (status, said) => {
    standing = { cs_test_1: { status } };
    await expect(ensure()).resolves.toBe(said);
    expect(asked).toEqual(["StartExecution cs_test_1", "DescribeExecution cs_test_1"]);
  });

  test("does not take one that was started a moment ago, and is not to be seen yet, for failed", async () => {
    standing = { cs_test_1: { status: "RUNNING", isNotSeenYet: true } };
    await expect(ensure()).resolves.toBe("unknown");
  });
});

describe("an operator's redrive", () => {
  const redrive = (name = "evt_1") => createFailedExecutions(ARN, client).redriveExecution(name);

  test("redrives the execution itself when that is possible", async () => {
    standing = { evt_1: { status: "FAILED", input: "{}" } };
    await expect(redrive()).resolves.toBe("evt_1");
    expect(asked.at(-1)).toBe("RedriveExecution evt_1");
  });

  test("starts a fresh one after a change of the definition, since a redrive would run the old one", async () => {
    standing = { evt_1: { status: "FAILED", input: '{"a":1}', definition: "old" } };
    await expect(redrive()).resolves.toBe("evt_1-r1");
    expect(asked).not.toContain("RedriveExecution evt_1");
    expect(standing["evt_1-r1"]).toMatchObject({ input: '{"a":1}' });
  });

  test("starts a fresh one after 14 days, under the next number that has not failed", async () => {
    standing = {
      evt_1: { status: "FAILED", input: "{}", reason: "too old" },
      "evt_1-r1": { status: "FAILED" },
    };
    await expect(redrive()).resolves.toBe("evt_1-r2");
  });

  test("numbers the successors of a successor by the first one", async () => {
    standing = {
      "evt_1-r1": { status: "FAILED", input: "{}", reason: "too old" },
    };
    await expect(redrive("evt_1-r1")).resolves.toBe("evt_1-r2");
  });

  test("leaves it to a fresh one that somebody else has just started", async () => {
    standing = {
      evt_1: { status: "FAILED", input: "{}", reason: "too old" },
      "evt_1-r1": { status: "RUNNING", isNotSeenYet: true },
    };
    await expect(redrive()).resolves.toBe("evt_1-r1");
  });

  test("finds nothing to start from where there is no execution", async () => {
    await expect(redrive()).resolves.toBeUndefined();
    await expect(createFailedExecutions(ARN, client).findExecutionStatus("evt_1")).resolves.toBe("unknown");
  });

  test("leaves one that has succeeded meanwhile as it is", async () => {
    standing = { evt_1: { status: "SUCCEEDED" } };
    await expect(redrive()).resolves.toBe("evt_1");
    expect(asked).toEqual(["DescribeExecution evt_1"]);
  });
});

test.each(["evt_1", `cs_live_${"a".repeat(58)}`, `cs_live_${"a".repeat(120)}`])(
  "the execution of %s has a name that Step Functions takes, and so has its successor",
  (id) => {
    const names = [executionNameOf(id), executionNameOf(id, 1), executionNameOf(`${id}b`)];
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^[\w-]{1,80}$/);
  },
);
