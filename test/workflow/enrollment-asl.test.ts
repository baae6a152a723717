import validate from "asl-validator";
import { describe, expect, test } from "vitest";
import definition from "#workflow/enrollment.asl.json" with { type: "json" };
import { TERMINAL_ERRORS } from "#workflow/errors.ts";

interface Retrier {
  ErrorEquals: string[];
  MaxAttempts: number;
  MaxDelaySeconds?: number;
  JitterStrategy?: string;
}

interface State {
  Type: string;
  Comment?: string;
  TimeoutSeconds?: number;
  Retry?: Retrier[];
  Catch?: { ErrorEquals: string[]; Next: string; ResultPath?: string | null }[];
  Parameters?: { Payload?: Record<string, string> };
}

const states = Object.entries(definition.States as Record<string, State>);
const tasks = states.filter(([, state]) => state.Type === "Task");
const steps = tasks.filter(([name]) => name !== "SendToDeadLetterQueue");

describe("the state machine", () => {
  test("is valid Amazon States Language", () => {
    expect(validate(definition).errors).toEqual([]);
  });

  test("has exactly the states of the design", () => {
    expect(states.map(([name]) => name).sort()).toEqual([
      "AreIdsThere",
      "AwaitRedrive",
      "AwaitingPayment",
      "CheckoutClosed",
      "CloseCheckout",
      "Enrolled",
      "IsPaymentSettled",
      "LeaveIdsOut",
      "LinkCustomer",
      "NoteRedriveCount",
      "SendToDeadLetterQueue",
      "ValidateSession",
      "WriteEnrollment",
    ]);
  });

  test.each(states)("%s says in a sentence why it is there", (_name, state) => {
    expect(state.Comment).toMatch(/^[A-Z].+\.$/);
  });

  test.each(tasks)("%s times out and is retried with backoff and full jitter", (_name, state) => {
    expect(state.TimeoutSeconds).toBeGreaterThan(0);
    for (const retrier of state.Retry ?? []) {
      if (retrier.MaxAttempts > 0) expect(retrier).toMatchObject({ BackoffRate: 2, JitterStrategy: "FULL" });
      if (retrier.MaxAttempts > 0) expect(retrier.MaxDelaySeconds).toBeGreaterThan(0);
    }
    expect(state.Retry?.at(-1)?.ErrorEquals).toEqual(["States.ALL"]);
  });

  test.each(steps)("what %s cannot do ends as a dead letter", (_name, state) => {
    expect(state.Catch).toEqual([
      expect.objectContaining({ ErrorEquals: ["States.ALL"], Next: "NoteRedriveCount" }),
    ]);
  });

  test("a letter that cannot be sent leaves an execution that a redrive starts over", () => {
    const { NoteRedriveCount, SendToDeadLetterQueue } = definition.States;
    expect(NoteRedriveCount).toMatchObject({
      Type: "Pass",
      Parameters: { deadLetter: { "redriveCount.$": "$$.Execution.RedriveCount" } },
    });
    // What stands there must survive the letter, whether it is sent or not.
    expect(SendToDeadLetterQueue).toMatchObject({ ResultPath: null, Next: "AwaitRedrive" });
    expect(SendToDeadLetterQueue.Catch).toEqual([
      expect.objectContaining({ ErrorEquals: ["States.ALL"], ResultPath: null, Next: "AwaitRedrive" }),
    ]);
  });

  test.each(steps)("%s works on the input as it was given, and puts no failure into it", (_name, state) => {
    expect(state.Parameters?.Payload).toMatchObject({ "event.$": "$$.Execution.Input" });
    // Into an input that is no object nothing can be put, and that is an error beyond what can be caught.
    expect(state.Catch?.map(({ ResultPath = "$" }) => ResultPath)).toEqual(["$"]);
  });

  test("a letter asks for no id that it has not been seen to have", () => {
    const { AreIdsThere, LeaveIdsOut, SendToDeadLetterQueue } = definition.States;
    const asked = Object.values(SendToDeadLetterQueue.Parameters.MessageBody)
      .filter((path) => path.startsWith("$.input."))
      .map((path) => path.replace("$.input.", ""));
    const [rule] = AreIdsThere.Choices;
    expect(rule?.And.map(({ Variable }) => Variable)).toEqual(asked.map((id) => `$.input.${id}`));
    expect(LeaveIdsOut.Result).toEqual(Object.fromEntries(asked.map((id) => [id, null])));
  });

  test.each(steps)("%s retries no terminal error, and retries RetryableError", (_name, state) => {
    const never = state.Retry?.filter(({ MaxAttempts }) => MaxAttempts === 0).flatMap(
      ({ ErrorEquals }) => ErrorEquals,
    );
    expect(never?.sort()).toEqual([...TERMINAL_ERRORS].sort());
    expect(state.Retry?.[0]?.ErrorEquals).toContain("RetryableError");
  });

  test("enrolls in six transitions at most, since AWS charges for each", () => {
    const path: string[] = [];
    let name = definition.StartAt;
    while (path.length < 20) {
      path.push(name);
      const state = (definition.States as Record<string, { Next?: string; Choices?: { Next: string }[] }>)[
        name
      ];
      const next = state?.Next ?? state?.Choices?.at(-1)?.Next;
      if (!next) break;
      name = next;
    }
    expect(path.at(-1)).toBe("Enrolled");
    expect(path.length).toBeLessThanOrEqual(6);
  });

  test("writes nothing for a purchase that a person has decided about, whatever was paid", () => {
    const [barred] = definition.States.IsPaymentSettled.Choices;
    expect(barred).toMatchObject({ Variable: "$.purchase.isBarred", BooleanEquals: true });
    expect(barred?.Next).toBe("CheckoutClosed");
    expect(definition.States.CheckoutClosed.Type).toBe("Succeed");
  });

  test("closes the open checkout when nothing was paid and nothing will be", () => {
    const [, closed] = definition.States.IsPaymentSettled.Choices;
    expect(closed?.Next).toBe("CloseCheckout");
    expect(definition.States.CloseCheckout.Next).toBe("CheckoutClosed");
  });

  test("looks at what happened before it looks at the status: an expired checkout may have had nothing to pay", () => {
    const rules = definition.States.IsPaymentSettled.Choices.map((rule) => JSON.stringify(rule));
    const first = (word: string) => rules.findIndex((rule) => rule.includes(word));
    expect(first("checkout.session.expired")).toBeGreaterThanOrEqual(0);
    expect(first("checkout.session.expired")).toBe(first("checkout.session.async_payment_failed"));
    expect(first("checkout.session.expired")).toBeLessThan(first("no_payment_required"));
  });

  test("waits for a redrive in a Choice without a Default, since a Fail state would fail again", () => {
    const gate = definition.States.AwaitRedrive;
    expect(gate).not.toHaveProperty("Default");
    expect(gate.Choices).toEqual([
      {
        Variable: "$$.Execution.RedriveCount",
        NumericGreaterThanPath: "$.deadLetter.redriveCount",
        Next: "ValidateSession",
      },
    ]);
  });
});
