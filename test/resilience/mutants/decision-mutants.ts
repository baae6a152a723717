/** Bugs planted in what stands by what persons have decided, and in the sweep. */
import type { Mutant } from "./mutant.ts";
import { forgetting, spoilEnrollments, spoilStores, withoutConditions } from "./spoil.ts";

const GRACE_MS = 5 * 60 * 1000;

async function* nothing(): AsyncGenerator<never> {
  yield* await Promise.resolve([]);
}

/** One of the steps is carried out by functions that forget the decision. */
const undecidedStep =
  (step: "validateSession" | "writeEnrollment"): Mutant["spoil"] =>
  (parts) => ({
    ...parts,
    createSteps: (ports) => ({
      ...parts.createSteps(ports),
      [step]: parts.createSteps(forgetting(ports, ["decision"]))[step],
    }),
  });

export const DECISION_MUTANTS: Mutant[] = [
  { name: "ValidateSession ignores decisions", spoil: undecidedStep("validateSession") },
  {
    name: "WriteEnrollment does not look for a decision again",
    scenario: "withdrawn while it is delivered, with a crash",
    spoil: undecidedStep("writeEnrollment"),
  },
  {
    name: "the sweep ignores decisions",
    spoil: (parts) => ({
      ...parts,
      createReconcile: (ports) => parts.createReconcile(forgetting(ports, ["decision"])),
    }),
  },
  {
    name: "the return page ignores decisions",
    spoil: (parts) => ({ ...parts, createApi: (ports) => parts.createApi(forgetting(ports, ["decision"])) }),
  },
  {
    name: "the sweep starts what was paid back",
    spoil: (parts) => ({
      ...parts,
      createReconcile: (ports) => parts.createReconcile(forgetting(ports, ["refunded"])),
    }),
  },
  {
    name: "the sweep does not finish what a crash has left of a decision",
    spoil: (parts) => ({
      ...parts,
      createReconcile: ({ purchases, enrollments, ...ports }) =>
        parts.createReconcile({
          ...ports,
          purchases: { ...purchases, listPurchasesAwaitingAttention: nothing },
          enrollments: { ...enrollments, listEnrollmentsOf: nothing },
        }),
    }),
  },
  {
    name: "the sweep goes on past what could not be started",
    spoil: (parts) => ({
      ...parts,
      createReconcile: ({ sweeps, ...ports }) =>
        parts.createReconcile({
          ...ports,
          sweeps: {
            ...sweeps,
            saveSweep: (_held, previous) =>
              sweeps.saveSweep(
                { sweptUntil: new Date(ports.now().getTime() - GRACE_MS).toISOString() },
                previous,
              ),
          },
        }),
    }),
  },
  {
    name: "the sweep redrives what has failed",
    spoil: (parts) => ({
      ...parts,
      createReconcile: (ports) => async () => {
        const report = await parts.createReconcile(ports)();
        for await (const { needsAttention } of ports.purchases.listPurchasesAwaitingAttention(() => {}))
          if (needsAttention) await ports.executions.redriveExecution(needsAttention);
        return report;
      },
    }),
  },
  {
    name: "a place that is moved stays with whom it was",
    spoil: spoilEnrollments(() => ({ deleteEnrollment: async () => true })),
  },
  {
    name: "a second decision takes the place of the first",
    spoil: (parts) =>
      spoilStores(({ purchases }, table) => {
        const { decide } = parts.createStores(withoutConditions(table)).purchases;
        return { purchases: { ...purchases, decide } };
      })(parts),
  },
];
