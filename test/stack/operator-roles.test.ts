import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { keys } from "#handlers/adapters/dynamodb/table.ts";
import { openSecretStore } from "#handlers/adapters/secrets-manager/secret-store.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { NAMES, STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { createStripeControl } from "#infra/local/stripe/control/client.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { startConsole } from "#infra/operate/console/start-console.ts";
import { writeLookingKey } from "#infra/operate/stripe-setup/stripe-secret.ts";
import { permitted, readOperatorGrants } from "#test/infra/aws/operator-grants.ts";
import type { Call } from "#test/judges/templates/permissions/calls.ts";
import { startRecorder } from "#test/judges/templates/permissions/recorder.ts";
import { buy, newStudent, startCheckout, turnKnobs } from "#test/support/checkouts.ts";
import { endOf } from "#test/support/purchase-history.ts";
import { endpointsOf, runNpmCommand, type Script } from "#test/support/run-npm-command.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

/** Milliseconds; every command is a process of its own. */
const PATIENT = { timeout: 240_000 };
const COURSE = "TEST-COURSE-003";
const OTHER_COURSE = "TEST-COURSE-005";
const WHY = ["--because", "mended"];

const { stack, clients } = useRunningStack();
const grants = readOperatorGrants();
let recorder: Awaited<ReturnType<typeof startRecorder>>;
/** All that was called. */
const called: Call[] = [];

beforeAll(async () => {
  recorder = await startRecorder(stack.awsUrl);
  // As the set-up stores it beside the account's own key.
  const secrets = openSecretStore(awsClientConfig(awsOf(stack)));
  await writeLookingKey(secrets, NAMES.lookingKey, STAND_IN_STRIPE.secretKey);
});
afterAll(() => recorder.close());

/** An execution that failed, with its letter. */
async function fail(name: string): Promise<string> {
  await clients.deliver(purchaseEvent(name, { courseId: "TEST-COURSE-404" }));
  await followExecution(clients.sfn, `evt_${name}`);
  return `evt_${name}`;
}

/** A purchase whose course is gone until its execution has failed. */
async function failUntilMended(name: string): Promise<string> {
  const student = await newStudent(name, stack);
  const { PK, SK } = keys.course(OTHER_COURSE);
  const { checkoutSessionId, clientSecret } = await startCheckout(student, OTHER_COURSE);
  const course = (await clients.readItem(PK, SK)) ?? {};
  await clients.removeItem(PK, SK);
  await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);
  const { name: eventId = "" } = await endOf(stack, clients, checkoutSessionId);
  await clients.putItem(course);
  return eventId;
}

async function bought(name: string) {
  const student = await newStudent(name, stack);
  const { checkoutSessionId } = await buy(student, COURSE);
  const { name: eventId = "" } = await endOf(stack, clients, checkoutSessionId);
  return { student, checkoutSessionId, eventId };
}

async function openConsole() {
  const place = { ...awsOf(stack), endpointUrl: recorder.url };
  Object.assign(process.env, endpointsOf({ ...stack, awsUrl: recorder.url }));
  const console = await startConsole({
    port: 0,
    aws: place,
    stateMachineArn: STATE_MACHINE_ARN,
    mayRedrive: true,
    stripeApiBase: stack.stripeUrl,
  });
  onTestFinished(() => console.close());
  return {
    read: async <Answer>(where: string) => {
      const response = await fetch(`${console.url}/api/${where}`);
      expect([where, response.status]).toEqual([where, 200]);
      return (await response.json()) as Answer;
    },
    post: async (where: string, body: object) => {
      const headers = { "x-bursar-console": "1", "content-type": "application/json" };
      const init = { method: "POST", headers, body: JSON.stringify({ ...body, reason: "mended" }) };
      return (await fetch(`${console.url}/api/${where}`, init)).status;
    },
  };
}

async function run(script: Script, ...words: string[]): Promise<void> {
  const { code, stderr } = await runNpmCommand(
    script,
    words,
    endpointsOf({ ...stack, awsUrl: recorder.url }),
  );
  // 3: something needs a person.
  expect([script, ...words, [0, 3].includes(code ?? 1) ? "" : stderr]).toEqual([script, ...words, ""]);
}

/** @returns what was called since, that this role may not */
function refused(role: "looking" | "repairing"): string[] {
  const calls = recorder.take();
  expect(calls.length).toBeGreaterThan(10);
  called.push(...calls);
  const lacking = calls.filter((call) => !permitted(grants[role], call));
  return [
    ...new Set(lacking.map((call) => `${call.action} ${call.resource} ${call.partitions?.join() ?? ""}`)),
  ];
}

test(
  "all that only looks, in the console and by command, keeps within the role that looks",
  PATIENT,
  async () => {
    const failed = await fail("looked-at");
    const { student, checkoutSessionId, eventId } = await bought("looked-at");
    const { stripeCustomerId: customerId = "" } =
      (await clients.readItem(`USER#${student.userId}`, "METADATA")) ?? {};
    recorder.take();

    const { read } = await openConsole();
    for (const where of [
      "about",
      "executions",
      "executions?status=FAILED",
      "executions?text=evt",
      `executions/${failed}`,
    ])
      await read(where);
    for (const where of ["dead-letters", "ledger", "runbook/dead-letters"]) await read(where);
    for (const id of [student.email, student.userId, checkoutSessionId, eventId, customerId, COURSE, failed])
      await read(`find?id=${encodeURIComponent(String(id))}`);
    await Promise.all([
      run("find", checkoutSessionId),
      run("ops", "export", student.email),
      run("ops", "ledger"),
      run("ops", "withdraw", checkoutSessionId, ...WHY),
      run("ops", "erase", student.email, ...WHY),
      run("dead-letters", "list"),
      run("dead-letters", "close", "--all", ...WHY),
      run("reconcile"),
    ]);
    expect(refused("looking")).toEqual([]);
  },
);

test(
  "all that acts, in the console and by command, keeps within the role that repairs",
  PATIENT,
  async () => {
    const control = createStripeControl(stack.stripeUrl);
    const names = await Promise.all(["one", "two", "three"].map(fail));
    const mended = await failUntilMended("mended");
    const [withdrawn, waived, moved, erased] = [
      await bought("withdrawn"),
      await bought("waived"),
      await bought("moved"),
      await bought("erased"),
    ];
    for (const one of [withdrawn, waived]) await control.refund(one.checkoutSessionId);
    const receiver = await newStudent("receiver", stack);
    // Their events come to nobody.
    await turnKnobs(stack, { dropDeliveries: true });
    const [unheard, lost] = [await newStudent("unheard", stack), await newStudent("lost", stack)];
    const { checkoutSessionId: undelivered } = await buy(unheard, COURSE);
    await buy(lost, COURSE);
    await turnKnobs(stack, { dropDeliveries: false });
    recorder.take();

    const { read, post } = await openConsole();
    const [one = "", two = "", three = ""] = names;
    const { deadLetters } = await read<{ deadLetters: { messageId: string; executionName?: string }[] }>(
      "dead-letters",
    );
    const letterOf = (name: string) =>
      deadLetters.find(({ executionName }) => executionName === name)?.messageId ?? "";
    expect(await post(`executions/${one}/redrive`, {})).toBe(200);
    await post(`executions/${one}/stop`, {});
    expect(await post(`dead-letters/${letterOf(two)}/redrive`, {})).toBe(200);
    for (const [action, id] of [
      ["redrive", three],
      ["repair", undelivered],
      ["withdraw", withdrawn.checkoutSessionId],
      ["waive", waived.checkoutSessionId],
    ])
      expect([action, await post("acts", { action, id })]).toEqual([action, 200]);

    const directory = await mkdtemp(path.join(tmpdir(), "bursar-roles-"));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await Promise.all([
      run("seed", "test/support/one-course.json", ...WHY),
      run("dead-letters", "redrive", mended, ...WHY, "--yes"),
      run("ops", "transfer", moved.checkoutSessionId, "--to", receiver.email, ...WHY, "--yes"),
      run("ops", "erase", erased.student.email, ...WHY, "--yes"),
    ]);
    await Promise.all([
      run("dead-letters", "close", "--all", ...WHY, "--yes"),
      run("reconcile", "--repair", ...WHY),
    ]);
    expect(refused("repairing")).toEqual([]);
  },
);

test("neither role has anything to spare", () => {
  const spare = grants.repairing.filter((grant) => !called.some((call) => permitted([grant], call)));
  expect(spare.map(({ action, resource, partitions }) => [action, resource, partitions])).toEqual([]);
});
