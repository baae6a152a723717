import {
  GetExecutionHistoryCommand,
  RedriveExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test, vi } from "vitest";
import { readDefinition } from "#infra/local/definition.ts";
import { DEAD_LETTER_QUEUE_NAME, executionArn, queueUrl } from "#infra/local/names.ts";
import { createAwsFaults } from "#infra/operate/records/aws-faults.ts";
import type { StateMachineDefinition } from "#infra/states-language/engine.ts";
import {
  ANY_URL,
  createGate,
  ENROLLED_AT,
  expectStatus,
  failing,
  PAID_EVENT,
  readHistory,
  type Step,
  startExecution,
  startTestEndpoint,
  succeeding,
  typesOf,
} from "./endpoint-fixture.ts";

const redrive = (executionArn: string) => new RedriveExecutionCommand({ executionArn });

test("what fails leaves a dead letter that says what an operator needs", async () => {
  const { sfn, sqs, url } = await startTestEndpoint({
    writeEnrollment: failing("DoublePayment", "paid twice"),
  });
  const arn = await startExecution(sfn, "evt_paid");
  const execution = await expectStatus(sfn, arn, "FAILED");
  expect(execution).toMatchObject({ redriveStatus: "REDRIVABLE" });

  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl(url, DEAD_LETTER_QUEUE_NAME) }),
  );
  const { cause, ...letter } = JSON.parse(Messages[0]?.Body ?? "");
  expect(letter).toEqual({
    eventId: "evt_paid",
    executionArn: arn,
    checkoutSessionId: "cs_test_1",
    paymentIntentId: "pi_1",
    userId: "user-1",
    courseId: "TEST-COURSE-003",
    error: "DoublePayment",
  });
  expect(JSON.parse(JSON.parse(cause).Cause)).toEqual({
    errorType: "DoublePayment",
    errorMessage: "paid twice",
    trace: [],
  });
});

test("a redrive passes the gate, starts the work over and succeeds", async () => {
  const validateSession = vi.fn(succeeding).mockImplementationOnce(failing("CourseNotFound"));
  const { sfn } = await startTestEndpoint({ validateSession });
  const arn = await startExecution(sfn, "evt_1");
  await expectStatus(sfn, arn, "FAILED");

  const { redriveDate } = await sfn.send(redrive(arn));
  const execution = await expectStatus(sfn, arn, "SUCCEEDED");

  expect(execution.redriveDate).toEqual(redriveDate);
  expect(execution).toMatchObject({ redriveCount: 1 });
  expect(execution).not.toHaveProperty("error");
  expect(JSON.parse(execution.output ?? "").enrollment).toEqual({ enrolledAt: ENROLLED_AT });
  const types = typesOf(await readHistory(sfn, arn));
  const redriven = types.indexOf("ExecutionRedriven");
  expect(types.slice(redriven - 2, redriven + 3)).toEqual([
    "ChoiceStateEntered",
    "ExecutionFailed",
    "ExecutionRedriven",
    "ChoiceStateExited",
    "TaskStateEntered",
  ]);
  expect(types.at(-1)).toBe("ExecutionSucceeded");
});

test("an execution that keeps failing can be redriven again and again", async () => {
  const { sfn } = await startTestEndpoint({ validateSession: failing("StudentNotFound") });
  const arn = await startExecution(sfn, "evt_1");
  for (const redriveCount of [1, 2, 3]) {
    await expectStatus(sfn, arn, "FAILED");
    await sfn.send(redrive(arn));
    expect(await expectStatus(sfn, arn, "FAILED")).toMatchObject({ redriveCount });
  }
});

test("a redrive goes on at the state that was stopped and does not repeat what was done", async () => {
  const gate = createGate();
  const validateSession = vi.fn(succeeding);
  const writeEnrollment = vi.fn(succeeding).mockImplementationOnce(() => gate.opened);
  const { sfn } = await startTestEndpoint({ validateSession, writeEnrollment });
  const arn = await startExecution(sfn, "evt_1");
  await vi.waitFor(() => expect(writeEnrollment).toHaveBeenCalledOnce());
  await sfn.send(new StopExecutionCommand({ executionArn: arn }));

  await sfn.send(redrive(arn));
  await expectStatus(sfn, arn, "SUCCEEDED");
  expect(validateSession).toHaveBeenCalledOnce();
  expect(writeEnrollment).toHaveBeenCalledTimes(2);
  expect(writeEnrollment).toHaveBeenLastCalledWith(
    expect.objectContaining({ event: expect.objectContaining(PAID_EVENT) as unknown }),
  );
  gate.open();
});

test("a succeeded and a running execution cannot be redriven", async () => {
  const gate = createGate();
  const { sfn } = await startTestEndpoint({ linkCustomer: () => gate.opened });
  const arn = await startExecution(sfn, "evt_1");
  await expect(sfn.send(redrive(arn))).rejects.toMatchObject({
    name: "ExecutionNotRedrivable",
    message: "Execution is RUNNING and cannot be redriven",
  });
  gate.open();
  await expectStatus(sfn, arn, "SUCCEEDED");
  await expect(sfn.send(redrive(arn))).rejects.toMatchObject({
    name: "ExecutionNotRedrivable",
    message: "Execution is SUCCEEDED and cannot be redriven",
  });
});

test("two redrives at once start the execution once", async () => {
  const gate = createGate();
  const validateSession = vi.fn<Step>(() => gate.opened).mockImplementationOnce(failing("CourseNotFound"));
  const { sfn } = await startTestEndpoint({ validateSession });
  const arn = await startExecution(sfn, "evt_1");
  await expectStatus(sfn, arn, "FAILED");
  const outcomes = await Promise.allSettled([sfn.send(redrive(arn)), sfn.send(redrive(arn))]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  gate.open();
  expect(await expectStatus(sfn, arn, "SUCCEEDED")).toMatchObject({ redriveCount: 1 });
});

test("a client that repeats its redrive because the answer was lost gets that answer", async () => {
  const validateSession = vi.fn(succeeding).mockImplementationOnce(failing("CourseNotFound"));
  const { sfn } = await startTestEndpoint({ validateSession });
  const arn = await startExecution(sfn, "evt_1");
  await expectStatus(sfn, arn, "FAILED");
  const command = () => new RedriveExecutionCommand({ executionArn: arn, clientToken: "one-and-the-same" });
  const first = await sfn.send(command());
  expect((await sfn.send(command())).redriveDate).toEqual(first.redriveDate);
});

test("an unknown execution is neither redriven nor described", async () => {
  const { sfn } = await startTestEndpoint();
  const arn = executionArn("nobody");
  const refusal = { name: "ExecutionDoesNotExist", message: `Execution Does Not Exist: '${arn}'` };
  await expect(sfn.send(redrive(arn))).rejects.toMatchObject(refusal);
  await expect(sfn.send(new GetExecutionHistoryCommand({ executionArn: arn }))).rejects.toMatchObject(
    refusal,
  );
});

test("after the dead-letter queue was away, the first redrive starts over and leaves no letter of before", async () => {
  const { States, ...machine } = JSON.parse(await readDefinition(ANY_URL)) as StateMachineDefinition;
  const { SendToDeadLetterQueue } = States;
  // As after its hour of tries.
  const impatient = { ...SendToDeadLetterQueue, Retry: [] };
  const definition = JSON.stringify({ ...machine, States: { ...States, SendToDeadLetterQueue: impatient } });
  let isMended = false;
  const step: Step = (payload) => (isMended ? succeeding(payload) : failing("CourseNotFound")(payload));
  const { sfn, sqs, url } = await startTestEndpoint({ validateSession: step }, definition);
  const { setFaults } = createAwsFaults(url);

  await setFaults([{ target: "AmazonSQS.SendMessage", kind: "refuse" }]);
  const arn = await startExecution(sfn, "evt_without_letter");
  await expectStatus(sfn, arn, "FAILED");
  await setFaults([]);
  isMended = true;
  await sfn.send(redrive(arn));
  await expectStatus(sfn, arn, "SUCCEEDED");
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl(url, DEAD_LETTER_QUEUE_NAME) }),
  );
  expect(Messages).toEqual([]);
});
