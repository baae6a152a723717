import { StartExecutionCommand } from "@aws-sdk/client-sfn";
import { beforeAll, describe, expect, test } from "vitest";
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import { nameParts, PRODUCTION } from "#infra/deployment/names.ts";
import { followExecution } from "#infra/local/follow-execution.ts";
import { STATE_MACHINE_ARN } from "#infra/local/names.ts";
import { awsOf } from "#infra/local/stack-options.ts";
import { createStandInClient, findCompletedEvent } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { signIn } from "#infra/local/student-session.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import type { Dossier } from "#infra/operate/dossier/dossier.ts";
import { findDossier } from "#infra/operate/dossier/find-dossier.ts";
import { type DossierSources, openSources } from "#infra/operate/dossier/sources.ts";
import { paymentEvent, student } from "#test/support/payment-events.ts";
import { runNpmCommand } from "#test/support/run-npm-command.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";
import { orderNumberOf } from "#workflow/order-number.ts";

let sources: DossierSources;

const { stack, clients } = useRunningStack();

interface Bought {
  checkoutSessionId: string;
  eventId: string;
  paymentIntentId: string;
  customerId: string;
}

let good: Bought;
let failed: Bought;

/** @param meanwhile what happens between the checkout and the payment */
async function buy(email: string, courseId: string, meanwhile = async () => {}): Promise<Bought> {
  const student = await signIn(email, stack);
  await student.readStudent();
  const checkout = await student.enroll(courseId);
  if (checkout.status !== "pending") throw new Error("the course should be paid for");
  const { checkoutSessionId, clientSecret } = checkout;
  await meanwhile();
  await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);
  const { id: eventId } = await findCompletedEvent(stack.stripeUrl, checkoutSessionId);
  await followExecution(clients.sfn, eventId);
  const session = await createStandInClient(stack.stripeUrl).checkout.sessions.retrieve(checkoutSessionId);
  return {
    checkoutSessionId,
    eventId,
    paymentIntentId: session.payment_intent as string,
    customerId: session.customer as string,
  };
}

beforeAll(async () => {
  const { stripeUrl } = stack;
  const aws = awsClientConfig(awsOf(stack));
  sources = await openSources(nameParts(PRODUCTION), stripeUrl, aws);
  good = await buy("ada@example.com", "TEST-COURSE-003");
  failed = await buy("grace@example.com", "TEST-COURSE-005", () =>
    clients.removeItem("COURSE#TEST-COURSE-005", "METADATA"),
  );
});

const find = async (id: string): Promise<Dossier> => {
  const dossier = await findDossier(id, sources);
  if (!dossier) throw new Error(`nothing was found by ${id}`);
  return dossier;
};

describe("a purchase that was enrolled", () => {
  test.each([
    ["an e-mail address", () => "ada@example.com"],
    ["the student's id", () => "user-ada"],
    ["the checkout session", () => good.checkoutSessionId],
    ["the payment intent", () => good.paymentIntentId],
    ["the customer", () => good.customerId],
    ["the event", () => good.eventId],
    ["the course", () => "TEST-COURSE-003"],
  ])("is found by %s", async (_what, id) => {
    const { purchases, student } = await find(id());
    expect(student?.userId).toBe("user-ada");
    expect(purchases).toHaveLength(1);
    expect(purchases[0]).toMatchObject({
      checkoutSessionId: good.checkoutSessionId,
      paymentIntentId: good.paymentIntentId,
      session: { status: "complete", paymentStatus: "paid" },
      events: [{ eventId: good.eventId, attempts: [{ status: 200 }] }],
      executions: [{ name: good.eventId, status: "SUCCEEDED", stateName: "Enrolled" }],
      enrollment: { stripeSessionId: good.checkoutSessionId },
      deadLetters: [],
      next: { needsPerson: false },
    });
  });
});

test("a purchase is found by the number that its student reads out, however it was written down", async () => {
  const { checkoutSessionId } = good;
  const number = orderNumberOf(checkoutSessionId);
  for (const told of [number, number.toLowerCase().replace("-", " "), number.replaceAll("0", "O")]) {
    const dossier = await findDossier(told, sources);
    expect(dossier?.query).toEqual({ id: told, kind: "order number" });
    expect(dossier?.purchases).toMatchObject([{ checkoutSessionId, orderNumber: number }]);
  }
  await expect(findDossier("ZZZZ-ZZZZ", sources)).resolves.toBeUndefined();
});

describe("a purchase that failed", () => {
  test.each([
    ["an e-mail address", () => "grace@example.com"],
    ["the student's id", () => "user-grace"],
    ["the checkout session", () => failed.checkoutSessionId],
    ["the payment intent", () => failed.paymentIntentId],
    ["the customer", () => failed.customerId],
    ["the event", () => failed.eventId],
    ["the course, though it is gone", () => "TEST-COURSE-005"],
  ])("is found by %s, with what to do next", async (_what, id) => {
    const { purchases } = await find(id());
    expect(purchases).toHaveLength(1);
    expect(purchases[0]).toMatchObject({
      checkoutSessionId: failed.checkoutSessionId,
      userId: "user-grace",
      executions: [{ status: "FAILED", stateName: "ValidateSession", error: "CourseNotFound" }],
      enrollment: undefined,
      deadLetters: [{ error: "CourseNotFound", executionName: failed.eventId }],
      next: {
        needsPerson: true,
        command: `npm run dead-letters -- redrive ${failed.eventId} --because "mended" --yes`,
      },
    });
  });
});

test.each(["nobody@example.com", "cs_test_never", "pi_never", "cus_never", "evt_never", "user-nobody"])(
  "nothing is found by %s",
  async (id) => {
    await expect(findDossier(id, sources)).resolves.toBeUndefined();
  },
);

const atStack = () => ({
  AWS_PORT: String(stack.ports.aws),
  STRIPE_PORT: String(stack.ports.stripe),
  BURSAR_DATA_DIR: stack.dataDir,
});
const runFind = (...words: string[]) => runNpmCommand("find", [...words, "--local"], atStack());

test("an execution that somebody has started by hand is found by its name, with the purchase that it is about", async () => {
  const input = JSON.stringify(paymentEvent({ checkoutSessionId: good.checkoutSessionId }));
  const start = { stateMachineArn: STATE_MACHINE_ARN, name: "by-hand", input };
  await clients.sfn.send(new StartExecutionCommand(start));
  await followExecution(clients.sfn, "by-hand");
  await expect(find("by-hand")).resolves.toMatchObject({
    query: { kind: "execution" },
    executionName: "by-hand",
    purchases: [{ checkoutSessionId: good.checkoutSessionId }],
  });
});

test("a course is found as a course, though only a letter knows of it", async () => {
  await expect(find("TEST-COURSE-005")).resolves.toMatchObject({ query: { kind: "course" } });
});

describe("npm run find", () => {
  test("prints the dossier for people, and as JSON", async () => {
    const [table, json] = await Promise.all([runFind(failed.eventId), runFind(good.eventId, "--json")]);
    expect(table.stdout).toContain(
      `npm run dead-letters -- redrive ${failed.eventId} --because "mended" --yes --local`,
    );
    expect(table.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({ found: true, query: { kind: "event" } });
  });

  test("says clearly that nothing was found, and ends with 3", async () => {
    const { code, stdout } = await runFind("nobody@example.com");
    expect(stdout).toContain(
      "Nothing found: no student, course, purchase or event is known as nobody@example.com",
    );
    expect(code).toBe(3);
  });

  test("is npm run ops -- find, too", async () => {
    const words = ["find", good.eventId, "--local"];
    const [byOtherName, byItsName] = await Promise.all([
      runNpmCommand("ops", words, atStack()),
      runFind(good.eventId),
    ]);
    expect(byOtherName).toEqual(byItsName);
  });

  test("lets no student write to the terminal by a name with control characters in it", async () => {
    const userId = "user-mallory";
    const name = "Mallory\u{1b}]52;c;cm0gLXJm\u{7} \u{1b}[2J\u{9b}2J";
    await clients.putItem(studentItem({ ...student, userId, name }));
    const { stdout } = await runFind(userId);
    expect(stdout).toContain("Mallory\u{fffd}]52;c;cm0gLXJm\u{fffd} \u{fffd}[2J\u{fffd}2J");
    expect(stdout.match(/(?!\n)\p{Cc}/gu)).toBeNull();
  });
});
