import { describe, expect, test } from "vitest";
import type { Recording } from "#infra/operate/replay/read-recordings.ts";
import type { ReplayReport } from "#infra/operate/replay/replay.ts";
import { createReplay } from "#infra/operate/replay/replay.ts";
import { loadStateMachine } from "#infra/states-language/definition.ts";
import type { DefinitionRefused } from "#infra/states-language/definition-refused.ts";
import { DEFINITION_MUTANTS } from "../../../resilience/mutants/definition-mutants.ts";
import type { Parts } from "../../../resilience/simulation/parts.ts";
import type { Definition } from "../../../resilience/states/definition.ts";
import {
  DEFINITION,
  executionArnOf,
  IDENTITY,
  PAID,
  record,
  SCENARIOS,
  type Scenario,
} from "./record-purchases.ts";

const definition = JSON.parse(DEFINITION) as Definition;

async function replay(candidate: Definition, scenarios: Scenario[] = SCENARIOS): Promise<ReplayReport> {
  const text = JSON.stringify(candidate);
  const replaying = createReplay(
    { loaded: loadStateMachine(text), identity: IDENTITY },
    text,
    executionArnOf,
  );
  for (const scenario of scenarios) await replaying.add(await recordOnce(scenario));
  return replaying.report();
}

const recorded = new Map<Scenario, Promise<Recording>>();

/** No replay changes what was recorded. */
function recordOnce(scenario: Scenario): Promise<Recording> {
  const recording = recorded.get(scenario) ?? record(scenario);
  recorded.set(scenario, recording);
  return recording;
}

function changed(change: (states: Definition["States"]) => void): Definition {
  const copy = structuredClone(definition);
  change(copy.States);
  return copy;
}

const WAITING_IS_CLOSED = changed((states) =>
  states["IsPaymentSettled"]?.Choices?.unshift({
    And: [
      { Variable: "$$.Execution.Input.paymentStatus", StringEquals: "unpaid" },
      { Variable: "$$.Execution.Input.eventType", StringEquals: "checkout.session.completed" },
    ],
    Next: "CheckoutClosed",
  }),
);

const textsOf = ({ differences }: ReplayReport) => differences.map(({ text }) => text);
const scenario = (name: string) => SCENARIOS.filter((one) => one.name === name);

describe("the unchanged definition", () => {
  test("goes the recorded way in every execution, also in those that failed, were redriven or still run", async () => {
    const report = await replay(definition);
    expect(report).toMatchObject({
      executions: SCENARIOS.length,
      running: ["running"],
      redriven: ["wrong-amount-redriven", "redriven", "redriven-twice"],
      differences: [],
      left: [],
    });
    expect(report.transitions.candidate).toBe(report.transitions.recorded);
    expect(report.edges.filter(({ recorded, candidate }) => recorded !== candidate)).toEqual([]);
    expect(report.digest).toBeUndefined();
  });

  test("was recorded on the ways that purchases go", async () => {
    const { edges } = await replay(definition);
    const places = new Set(edges.flatMap(({ from, to }) => [from, to]));
    expect(
      [...Object.keys(definition.States), "SUCCEEDED", "FAILED", "ABORTED"].filter(
        (name) => !places.has(name),
      ),
    ).toEqual([]);
  });
});

/** By the name of the mutant: what its replay says. What leads nowhere is refused at once, as it is by AWS. */
const CAUSES: Record<string, RegExp> = {
  "ValidateSession has no Catch":
    /^after ValidateSession ends FAILED with AmountMismatch instead of NoteRedriveCount$/,
  "WriteEnrollment has no Catch":
    /^after WriteEnrollment ends FAILED with DoublePayment instead of NoteRedriveCount$/,
  "the gate is a Fail state":
    /^AwaitRedrive ends FAILED with Failed instead of FAILED with States.NoChoiceMatched$/,
  "the gate is a Succeed state":
    /^AwaitRedrive ends SUCCEEDED instead of FAILED with States.NoChoiceMatched$/,
  "the gate opens once only":
    /^after AwaitRedrive ends FAILED with States.NoChoiceMatched instead of ValidateSession$/,
  "the redriven work ends at once": /^after AwaitRedrive goes to Enrolled instead of ValidateSession$/,
  "no dead letter is sent": /^SendToDeadLetterQueue is not called instead of once$/,
  "the dead letter does not name the session": /called with another \$.MessageBody.checkoutSessionId$/,
  "the dead letter asks for ids that may be missing": /State LeaveIdsOut is not reachable/,
  "a failure is put into the input, which may be no object": /^ValidateSession hands on another \$.Error$/,
  "whether it is settled is not asked": /State AwaitingPayment is not reachable/,
  "a completed checkout counts as paid": /State AwaitingPayment is not reachable/,
  "DoublePayment is caught as if all were well":
    /^after WriteEnrollment goes to Enrolled instead of NoteRedriveCount$/,
};

describe("a bug that is planted in the definition", () => {
  test("has its cause here, and every one that the resilience command plants", () => {
    expect(Object.keys(CAUSES)).toEqual(DEFINITION_MUTANTS.map(({ name }) => name));
  });

  test.each(DEFINITION_MUTANTS)("is found, with its cause: $name", async ({ name, spoil }) => {
    const cause = CAUSES[name] ?? /^$/;
    const spoiled = spoil({ definition } as Parts).definition;
    // What leads nowhere is refused here as by AWS, before anything is replayed.
    const found = await replay(spoiled).then(textsOf, (refusal: DefinitionRefused) => [refusal.message]);
    expect(found, found.join("|")).toContainEqual(expect.stringMatching(cause));
  });
});

describe("what is different is told by its cause", () => {
  test("another way after a state", async () => {
    const report = await replay(WAITING_IS_CLOSED);
    expect(textsOf(report)).toEqual([
      "after IsPaymentSettled goes to CheckoutClosed instead of AwaitingPayment",
    ]);
    expect(report.differences[0]).toMatchObject({
      kind: "path",
      executions: ["waiting"],
      aspects: { states: 1, retries: 0, end: 0, output: 0 },
      transitions: { recorded: 4, candidate: 4 },
    });
  });

  test("fewer tries than were made", async () => {
    const fewer = changed((states) => {
      for (const retrier of states["ValidateSession"]?.Retry ?? []) retrier.MaxAttempts = 2;
    });
    expect(textsOf(await replay(fewer, scenario("throttled")))).toEqual([
      "ValidateSession is tried 3 times instead of 5 times",
    ]);
  });

  test("more tries than were made, whose outcome nobody knows", async () => {
    const more = changed((states) => {
      for (const retrier of states["WriteEnrollment"]?.Retry ?? []) retrier.MaxAttempts = 50;
    });
    expect(textsOf(await replay(more, scenario("given-up")))).toEqual([
      "tries WriteEnrollment more often, with what outcome nobody knows",
    ]);
  });

  test("a function that is called with something else", async () => {
    const other = changed((states) => {
      const payload = states["WriteEnrollment"]?.Parameters?.["Payload"];
      Object.assign(payload ?? {}, { isTrial: true });
    });
    expect(textsOf(await replay(other, scenario("paid")))).toEqual([
      "WriteEnrollment is called with another $.Payload.isTrial",
    ]);
  });

  test("a state of which nothing is recorded", async () => {
    const longer = changed((states) => {
      states["SendReceipt"] = {
        ...structuredClone(states["LinkCustomer"] ?? { Type: "Task" }),
        Parameters: { FunctionName: "send-receipt" },
      };
      Object.assign(states["LinkCustomer"] ?? {}, { Next: "SendReceipt" });
    });
    expect(textsOf(await replay(longer, scenario("paid")))).toEqual([
      "after LinkCustomer goes to SendReceipt instead of Enrolled",
    ]);
  });

  test("a time limit that a call would not have kept", async () => {
    const recording = await record({ name: "slow" });
    const attempt = recording.path?.stretches[0].visits[0]?.attempts[0];
    if (attempt) attempt.endedAt = attempt.scheduledAt + 20_000;
    const hasty = changed((states) => Object.assign(states["ValidateSession"] ?? {}, { TimeoutSeconds: 10 }));
    const text = JSON.stringify(hasty);
    const replaying = createReplay(
      { loaded: loadStateMachine(text), identity: IDENTITY },
      text,
      executionArnOf,
    );
    await replaying.add(recording);
    expect(textsOf(replaying.report())).toEqual(["ValidateSession has States.Timeout instead of its answer"]);
  });

  test("a state that has another name is another way, and its answers are found all the same", async () => {
    const renamed = JSON.parse(DEFINITION.replaceAll('"LinkCustomer"', '"LinkTheCustomer"')) as Definition;
    const report = await replay(renamed, scenario("paid"));
    expect(textsOf(report)).toEqual([
      "after WriteEnrollment goes to LinkTheCustomer instead of LinkCustomer",
    ]);
    expect(report.edges).toContainEqual({ from: "Enrolled", to: "SUCCEEDED", recorded: 1, candidate: 1 });
  });

  test("executions with the same difference stand together, and the digest is of the difference, not of them", async () => {
    const spoiled = WAITING_IS_CLOSED;
    const many = Array.from({ length: 7 }, (_one, index) => ({
      name: `w${index}`,
      input: { ...PAID, paymentStatus: "unpaid" },
    }));
    const [few, more] = [await replay(spoiled, many.slice(0, 1)), await replay(spoiled, many)];
    expect(more.differences).toMatchObject([{ executions: many.map(({ name }) => name) }]);
    expect(more.digest).toBe(few.digest);
  });
});

test("an execution whose history has what is not replayed is named and left out", async () => {
  const recording = await record({ name: "mapped" });
  recording.path?.unknownEvents.push("MapStateStarted");
  const replaying = createReplay(
    { loaded: loadStateMachine(DEFINITION), identity: IDENTITY },
    DEFINITION,
    executionArnOf,
  );
  await replaying.add(recording);
  await replaying.add({ ...recording, execution: { ...recording.execution, name: "old" }, path: undefined });
  expect(replaying.report().left).toEqual([
    { reason: "its history has MapStateStarted, which is not replayed", executions: ["mapped"] },
    { reason: "Step Functions no longer has its history", executions: ["old"] },
  ]);
});
