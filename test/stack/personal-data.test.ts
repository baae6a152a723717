import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { GetExecutionHistoryCommand } from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { findCompletedEvent, resendEvent } from "#infra/local/stand-in-control.ts";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { buy, newStudent, startCheckout } from "#test/support/checkouts.ts";
import { useOperator } from "#test/support/operator.ts";
import { endOf, executionsOf } from "#test/support/purchase-history.ts";
import { scanTable } from "#test/support/real-table.ts";
import { useRunningStack } from "#test/support/use-running-stack.ts";

const COURSE = "TEST-COURSE-003";
const OTHER_COURSE = "TEST-COURSE-005";
/** Milliseconds; every command is a process of its own. */
const PATIENT = { timeout: 120_000 };

const { stack, clients } = useRunningStack();
const operator = useOperator(stack);

/** Whose name is in no other text, not even in parts: LevelDB's files are compressed, and tell a word in full the first time. */
const nameOf = (role: string) => `${role}.${inLettersOfItsOwn(randomBytes(9).toString("hex"))}`;

/** Ids are hexadecimal, too, and a few digits that are alike are enough. */
const inLettersOfItsOwn = (hex: string) =>
  hex.replace(/./g, (digit) => "ghijklmnopqrstuv".charAt(parseInt(digit, 16)));

async function buyer(role: string) {
  const student = await newStudent(nameOf(role), stack);
  const { checkoutSessionId } = await buy(student, COURSE);
  await endOf(stack, clients, checkoutSessionId);
  return { student, checkoutSessionId };
}

const ops = async (words: string) => {
  const { code, stdout, stderr } = await operator.run(`npm run ops -- ${words}`);
  return { code, said: stdout + stderr, json: () => JSON.parse(stdout) as Record<string, unknown> };
};

/** The part of an e-mail that is nobody else's. */
const traceOf = ({ email }: { email: string }) => /\.(\w+)@/.exec(email)?.[1] ?? "none";

/** Every file below, as text. */
async function readFiles(directory: string): Promise<{ file: string; text: string }[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, "latin1") })));
}

describe("npm run ops -- export", () => {
  test("hands over all that is held of a student, and says who holds more", PATIENT, async () => {
    const { student, checkoutSessionId } = await buyer("exported");
    const { code, json } = await ops(`export ${student.email} --json`);
    expect(code).toBe(0);
    const { records, executions, elsewhere, userId } = json() as {
      records: { SK: string }[];
      executions: unknown[];
      elsewhere: string[];
      userId: string;
    };
    expect(userId).toBe(student.userId);
    expect(records.map(({ SK }) => SK).sort()).toEqual([
      `CHECKOUT#${COURSE}`,
      `ENROLLMENT#${COURSE}`,
      "METADATA",
      `PURCHASE#${checkoutSessionId}`,
    ]);
    expect(records).toContainEqual(expect.objectContaining({ email: student.email }));
    expect(executions).toMatchObject([{ status: "SUCCEEDED" }]);
    expect(elsewhere.join("\n")).toMatch(/At Stripe: customer cus_\w+/);
  });

  test("of somebody whom nobody knows is exit code 3", PATIENT, async () => {
    await expect(ops("export nobody@example.com")).resolves.toMatchObject({
      code: 3,
      said: expect.stringContaining("no student is known as nobody@example.com") as string,
    });
  });
});

describe("npm run ops -- erase", () => {
  test("shows first, then leaves the student nowhere, and nothing brings them back", PATIENT, async () => {
    const { student, checkoutSessionId } = await buyer("erased");
    await startCheckout(student, OTHER_COURSE);
    const command = `erase ${student.email} --because "asked for by letter" --by operator`;

    const shown = await ops(command);
    expect(shown).toMatchObject({
      code: 0,
      said: expect.stringMatching(/would be erased; --yes does it/) as string,
    });
    expect(shown.said).toMatch(/At Stripe: customer cus_\w+/);
    await expect(student.checkEnrollment(COURSE)).resolves.toMatchObject({ enrolled: true });

    const done = await ops(`${command} --yes --json`);
    expect(done.code).toBe(0);
    expect(done.json()).toMatchObject({
      isDone: true,
      erasure: { by: "operator", reason: "asked for by letter" },
    });

    const { id } = await findCompletedEvent(stack.stripeUrl, checkoutSessionId);
    await resendEvent(stack.stripeUrl, id);
    await operator.sweep(0);
    await operator.sweep(1);
    await expect(student.readStudent()).rejects.toThrow("410");
    await expect(student.enroll(COURSE)).rejects.toThrow("410");
    await expect(student.readCheckout(checkoutSessionId)).rejects.toThrow("404");
    await expect(student.checkEnrollment(COURSE)).resolves.toEqual({ enrolled: false });
    await expect(operator.reconcile()).resolves.toMatchObject({ drift: [] });
    await expect(clients.takeDeadLetters()).resolves.toEqual([]);

    const text = JSON.stringify(await scanTable(clients.table));
    for (const trace of [student.userId, student.email, student.name]) expect(text).not.toContain(trace);
    // Of executions only ids are known, which Step Functions keeps for its 90 days.
    for (const { executionArn } of await executionsOf(clients, checkoutSessionId)) {
      const history = JSON.stringify(
        await clients.sfn.send(new GetExecutionHistoryCommand({ executionArn })),
      );
      for (const trace of [student.email, student.name]) expect(history).not.toContain(trace);
    }
    const dossier = await operator.findPurchase(checkoutSessionId);
    expect(dossier).toMatchObject({ next: { needsPerson: false }, record: { decision: { kind: "erased" } } });
    await expect(ops(`${command} --yes`)).resolves.toMatchObject({ code: 3 });
    await expect(ops(command.replace(student.email, student.userId))).resolves.toMatchObject({
      code: 0,
      said: expect.stringMatching(/Erased: .*, by operator at /) as string,
    });
  });

  test("is refused while a purchase waits for a person, and says what to do first", PATIENT, async () => {
    const student = await newStudent(nameOf("failing"), stack);
    const { checkoutSessionId, clientSecret } = await startCheckout(student, COURSE);
    const course = await clients.readItem(`COURSE#${COURSE}`, "METADATA");
    await clients.removeItem(`COURSE#${COURSE}`, "METADATA");
    await student.payByCard(checkoutSessionId, clientSecret, CARDS.good);
    await endOf(stack, clients, checkoutSessionId);
    await clients.putItem(course ?? {});
    const refused = await ops(`erase ${student.email} --because "asked for" --yes`);
    expect(refused.code).toBe(1);
    expect(refused.said).toContain(`npm run find -- ${checkoutSessionId}`);
    await expect(student.readStudent()).resolves.toMatchObject({ email: student.email });
  });

  test("wants a reason", PATIENT, async () => {
    await expect(ops("erase user-nobody --yes")).resolves.toMatchObject({ code: 2 });
  });

  test("leaves no byte of the student in the table's files once the stack was stopped", PATIENT, async () => {
    const erased = await buyer("bytes");
    const standing = await buyer("standing");
    const erasing = await ops(`erase ${erased.student.email} --because "asked for" --yes`);
    expect(erasing).toMatchObject({ code: 0 });
    await stack.stop();
    const files = await readFiles(path.join(stack.dataDir, "aws", "dynamodb"));
    const holding = (word: string) => files.filter(({ text }) => text.includes(word)).map(({ file }) => file);
    expect(holding(traceOf(standing.student))).not.toEqual([]);
    expect(holding(traceOf(erased.student))).toEqual([]);
    // Executions and letters hold ids, and nothing else of anybody.
    const others = await readFiles(path.join(stack.dataDir, "aws"));
    expect(others.length).toBeGreaterThan(files.length);
    const { email } = erased.student;
    expect(others.filter(({ text }) => text.includes(email)).map(({ file }) => file)).toEqual([]);
  });
});
