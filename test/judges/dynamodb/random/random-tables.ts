/** Random sequences of operations, each run on several engines: what becomes of every operation, and what is stored at the end. */
import * as fc from "fast-check";
import { installPython } from "../../tools/python.ts";
import { emptyVerdict, type Verdict } from "../../verdict.ts";
import { createModelEngine } from "./model-engine.ts";
import { startMotoEngine } from "./moto-engine.ts";
import type { Engine, Operation, Outcome } from "./operation.ts";
import { startOurEngine } from "./our-engine.ts";
import { operation, productOperation } from "./product-operations.ts";
import { wideOperation } from "./wide-operations.ts";

/** Whoever changes it tries other sequences. */
const SEED = 20_261_126;
const OPERATIONS_IN_SEQUENCE = 50;
/** The simulation's table knows what the product asks and nothing else. */
const PARTS = [
  { what: "asked otherwise", operations: wideOperation, sequences: 200, isForModel: false },
  { what: "as the product asks", operations: productOperation, sequences: 2_000, isForModel: true },
];
/** One fault shows in thousands of sequences. */
const ENOUGH_DIFFERENCES = 20;

const everything = operation("Scan", { ConsistentRead: true });

export async function judgeRandomTables(announce: (step: string) => void): Promise<Verdict> {
  announce("installing moto");
  const programs = await installPython();
  const verdict = emptyVerdict("random tables");
  const [ours, moto] = [await startOurEngine(), startMotoEngine(programs)];
  try {
    for (const { what, operations, sequences, isForModel } of PARTS) {
      announce(`${sequences * OPERATIONS_IN_SEQUENCE} operations ${what}, seed ${SEED}`);
      const engines = isForModel ? [ours, createModelEngine(), moto] : [ours, moto];
      await compareEngines(what, engines, sample(operations, sequences), verdict);
    }
    return verdict;
  } finally {
    await ours.close();
    await moto.close();
  }
}

function sample(operations: fc.Arbitrary<Operation>, numRuns: number): Operation[][] {
  const size = { minLength: OPERATIONS_IN_SEQUENCE, maxLength: OPERATIONS_IN_SEQUENCE };
  return fc.sample(fc.array(operations, size), { seed: SEED, numRuns });
}

async function compareEngines(
  what: string,
  engines: Engine[],
  sequences: Operation[][],
  verdict: Verdict,
): Promise<void> {
  for (const [number, sequence] of sequences.entries()) {
    const operations = [...sequence, everything];
    const runs = await Promise.all(
      engines.map(async (engine) => ({ name: engine.name, outcomes: await engine.run(operations) })),
    );
    compareRuns(`${what}, sequence ${number}`, operations, runs, verdict);
    if (verdict.differences.length >= ENOUGH_DIFFERENCES) break;
  }
}

interface Run {
  name: string;
  outcomes: Outcome[];
}

/** After the first difference the tables hold different things, and nothing more is learnt. */
function compareRuns(
  what: string,
  operations: Operation[],
  [ours, ...others]: Run[],
  verdict: Verdict,
): void {
  if (!ours) return;
  for (const [place, asked] of operations.entries()) {
    if (others.some(({ outcomes }) => outcomes[place]?.brokenDown !== undefined)) {
      verdict.masked += 1;
      return;
    }
    const mine = tell(ours.outcomes[place]);
    const other = others.find(({ outcomes }) => tell(outcomes[place]) !== mine);
    if (!other) {
      verdict.equal += 1;
      continue;
    }
    verdict.differences.push({
      what: `${what}, ${place + 1}: ${asked.operation} ${JSON.stringify(asked.input)}`,
      theirs: `${other.name}: ${tell(other.outcomes[place])}`,
      ours: mine,
    });
    return;
  }
}

/** The fields in their order. */
const tell = (outcome: Outcome | undefined): string =>
  JSON.stringify(outcome, (_name, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
