import { describe, expect, test } from "vitest";
import { aroundCalls, Crash, crashAt } from "#test/support/around-calls.ts";
import { collect } from "#test/support/collect.ts";
import { carryOut } from "#workflow/decide/carry-out.ts";
import { decide, type WantedDecision } from "#workflow/decide/decide.ts";
import type { Purchase } from "#workflow/purchase.ts";
import { lookAfter } from "#workflow/reconcile/awaiting-attention.ts";
import { createDecideUnderTest, type DecideUnderTest, toGrace, wanted } from "./use-decide.ts";

const left = ({ stores, payments }: DecideUnderTest) => ({
  purchases: [...stores.purchases],
  enrollments: [...stores.enrollments],
  openCheckouts: [...stores.openCheckouts],
  payable: payments.payable(),
});

const start = (purchase: Partial<Purchase>) => {
  const under = createDecideUnderTest(purchase);
  if (purchase.needsAttention) under.stores.enrollments.clear();
  return under;
};

/** What the hourly reconciliation does about decisions, as long as it lives. */
async function sweep(under: DecideUnderTest, ports = under.ports) {
  const executions = { findExecutionStatus: async () => "failed" as const };
  for (const purchase of await collect(under.stores.listPurchasesAwaitingAttention(() => {}))) {
    const drift = await lookAfter(purchase, { ...ports, purchases: under.stores, executions });
    if (drift?.purchase) await carryOut(drift.purchase, ports);
  }
}

const unlessCrash = (error: unknown) => {
  if (!(error instanceof Crash)) throw error;
};

/** Decides, dying at the n-th call. @returns undefined when it was over before that */
async function decideAndDie(
  purchase: Partial<Purchase>,
  decision: WantedDecision,
  n: number,
  isDone: boolean,
) {
  const under = start(purchase);
  const crash = crashAt(n, isDone);
  await decide(under.purchase() as Purchase, decision, aroundCalls(under.ports, crash)).catch(unlessCrash);
  return crash.hasCrashed() ? under : undefined;
}

const cases: [string, Partial<Purchase>, WantedDecision][] = [
  ["withdrawing an enrollment", {}, wanted()],
  ["withdrawing what failed", { needsAttention: "evt_1" }, wanted()],
  ["withdrawing what is not paid", { settlement: undefined, settledSeenAt: undefined }, wanted()],
  ["giving the place to another", {}, toGrace],
  ["giving the place of what failed to another", { needsAttention: "evt_1" }, toGrace],
  ["waiving", {}, wanted({ kind: "waived" })],
  ["closing a letter", { needsAttention: "evt_1" }, wanted({ kind: "closed" })],
];

describe.each(cases)("%s", (_what, purchase, decision) => {
  async function whole() {
    const under = start(purchase);
    await decide(under.purchase() as Purchase, decision, under.ports);
    return left(under);
  }

  test.each([false, true])(
    "is done or not begun after a crash at any call (answer lost: %s)",
    async (isDone) => {
      const nothing = left(start(purchase));
      let decided = 0;
      for (let n = 1; ; n += 1) {
        const under = await decideAndDie(purchase, decision, n, isDone);
        if (!under) break;
        const isDecided = under.purchase()?.decision !== undefined;
        await sweep(under);
        expect(left(under), `after a crash at call ${n}`).toEqual(isDecided ? await whole() : nothing);
        if (isDecided) decided += 1;
      }
      expect(decided).toBeGreaterThan(1);
    },
  );

  test("is done when those who do it again die as well, at any call", async () => {
    for (let n = 1; ; n += 1) {
      if (!(await decideAndDie(purchase, decision, n, true))) break;
      for (let m = 1; ; m += 1) {
        const under = await decideAndDie(purchase, decision, n, true);
        if (!under?.purchase()?.decision) break;
        const crash = crashAt(m, true);
        await sweep(under, aroundCalls(under.ports, crash)).catch(unlessCrash);
        await sweep(under);
        expect(left(under), `after crashes at calls ${n} and ${m}`).toEqual(await whole());
        if (!crash.hasCrashed()) break;
      }
    }
  });

  test("comes to the same when the operator decides the same once more instead", async () => {
    for (let n = 1; ; n += 1) {
      const under = await decideAndDie(purchase, decision, n, true);
      if (!under) break;
      await decide(under.purchase() as Purchase, decision, under.ports);
      expect(left(under), `after a crash at call ${n}`).toEqual(await whole());
    }
  });
});
