/** moto's DynamoDB, in a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CREATE_TABLE, type Engine, type Operation, type Outcome } from "./operation.ts";
import { type Answer, toOutcome } from "./outcome.ts";
import { fromTypedItem, toTypedOperation } from "./typed-values.ts";

const PROGRAM = fileURLToPath(new URL("./run_table.py", import.meta.url));

interface MotoOutcome {
  answers?: Answer[];
  error?: string;
  brokenDown?: string;
  item?: Parameters<typeof fromTypedItem>[0];
}

/** @param programs the folder with Python's programs */
export function startMotoEngine(programs: string): Engine {
  const python = spawn(`${programs}/python`, [PROGRAM], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const end = once(python, "close");

  return {
    name: "moto",
    async run(operations) {
      const job = { table: CREATE_TABLE, operations: operations.map(toTypedOperation) };
      python.stdin.write(`${JSON.stringify(job)}\n`);
      const line = await lines.next();
      if (line.done) throw new Error("moto ended before its time.");
      const outcomes = JSON.parse(line.value) as MotoOutcome[];
      return outcomes.map((outcome, index) => asOutcome(operations[index], outcome));
    },
    async close() {
      python.stdin.end();
      await end;
    },
  };
}

function asOutcome(
  operation: Operation | undefined,
  { answers, error, brokenDown, item }: MotoOutcome,
): Outcome {
  if (brokenDown !== undefined) return { brokenDown };
  if (error !== undefined) return { error, ...(item && { item: fromTypedItem(item) }) };
  if (!operation || !answers) throw new Error("moto has answered what nobody has asked.");
  return toOutcome(operation, answers);
}
