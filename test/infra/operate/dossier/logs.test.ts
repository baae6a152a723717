import { GetExecutionHistoryCommand, ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { expect, onTestFinished, test } from "vitest";
import { followExecution } from "#infra/local/follow-execution.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { SEEDED_STUDENTS } from "#infra/local/seeded-students.ts";
import { STAND_IN_STRIPE } from "#infra/local/settings.ts";
import { findCompletedEvent, resendEvent } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { signIn } from "#infra/local/student-session.ts";
import { findAccessKey } from "#infra/one-machine/access-key.ts";
import { createStackPlace, removeStackPlace, spawnStart } from "#test/support/running-stack.ts";
import { createStackClients } from "#test/support/stack-clients.ts";
import { purchaseEvent } from "#test/support/stripe-events.ts";

/** The stack with everything that its handlers would log on AWS, collected. */
async function startTalkingStack() {
  const place = await createStackPlace();
  const child = spawnStart(place, ["--json", "--no-client"], { POWERTOOLS_LOG_LEVEL: "DEBUG" });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk));
  const exited = new Promise((resolve) => child.once("exit", resolve));
  onTestFinished(async () => {
    child.kill("SIGINT");
    await exited;
    await removeStackPlace(place);
  });
  await expect.poll(() => said, { timeout: 50_000 }).toContain('"clientUrl"');
  const { ports, dataDir } = place;
  const accessKey = findAccessKey({ BURSAR_DATA_DIR: dataDir });
  if (!accessKey) throw new Error("the stack has made no key");
  const stack = {
    clientUrl: `http://localhost:${ports.http}`,
    awsUrl: `http://localhost:${ports.aws}`,
    stripeUrl: `http://localhost:${ports.stripe}`,
    issuerUrl: `http://localhost:${ports.signIn}`,
    accessKey,
  };
  return { stack, whatWasSaid: () => said };
}

test("neither logs nor executions nor dead letters hold an e-mail, a name, a token or a secret", async () => {
  const { stack, whatWasSaid } = await startTalkingStack();
  const clients = createStackClients(stack);
  const secrets: string[] = [STAND_IN_STRIPE.secretKey, STAND_IN_STRIPE.webhookSecret, CARDS.good];

  let eventId = "";
  let checkoutSessionId = "";
  for (const { email } of SEEDED_STUDENTS) {
    const student = await signIn(email, stack);
    await student.readStudent();
    const checkout = await student.enroll("TEST-COURSE-003");
    if (checkout.status !== "pending") throw new Error("the course should be paid for");
    secrets.push(student.accessToken, checkout.clientSecret);
    ({ checkoutSessionId } = checkout);
    await student.payByCard(checkoutSessionId, checkout.clientSecret, CARDS.declined);
    await student.payByCard(checkoutSessionId, checkout.clientSecret, CARDS.good);
    ({ id: eventId } = await findCompletedEvent(stack.stripeUrl, checkoutSessionId));
    await followExecution(clients.sfn, eventId);
    await resendEvent(stack.stripeUrl, eventId);
    await student.readCheckout(checkoutSessionId);
    await expect(student.enroll("NO-SUCH-COURSE")).rejects.toThrow("404");
  }

  // What goes wrong is logged most: a second payment, a forgery, a broken body, a token that is none.
  const secondPayment = purchaseEvent("twice", { userId: "user-ada" });
  await clients.postWebhook(secondPayment);
  await followExecution(clients.sfn, "evt_twice");
  await expect(clients.postWebhook(secondPayment, "t=1,v1=forged")).resolves.toMatchObject({ status: 400 });
  await expect(clients.postWebhook("ada@example.com is no JSON")).resolves.toMatchObject({ status: 400 });
  await fetch(`${stack.clientUrl}/api/enrollments`, { headers: { authorization: "Bearer ada@example.com" } });

  const logs = whatWasSaid();
  const correlation = JSON.stringify({ eventId, executionName: eventId, checkoutSessionId }).slice(1, -1);
  const correlated = logs.split("\n").filter((line) => line.includes(correlation));
  const correlatedBy = (part: string) => correlated.filter((line) => line.includes(part)).length;
  expect(correlatedBy('"service":"webhook"')).toBeGreaterThanOrEqual(2);
  for (const step of ["ValidateSession", "WriteEnrollment", "LinkCustomer"])
    expect(correlatedBy(`"step":"${step}"`), step).toBe(1);

  const { executions = [] } = await clients.sfn.send(
    new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN }),
  );
  expect(executions.length).toBeGreaterThanOrEqual(4);
  const histories = await Promise.all(
    executions.map(({ executionArn }) => clients.sfn.send(new GetExecutionHistoryCommand({ executionArn }))),
  );
  const letters = await clients.takeDeadLetters();
  expect(letters.map(({ error }) => error)).toContain("DoublePayment");

  const kept = { logs, histories: JSON.stringify(histories), letters: JSON.stringify(letters) };
  const personal = SEEDED_STUDENTS.flatMap(({ email, name }) => [email, name, ...name.split(" ")]);
  for (const [where, text] of Object.entries(kept)) {
    for (const words of [...personal, ...secrets])
      expect(text.includes(words), `${words} in ${where}`).toBe(false);
  }
});
