import { expect, test } from "vitest";
import { type Around, aroundCalls, inEveryOrder } from "#test/support/around-calls.ts";
import { collect } from "#test/support/collect.ts";
import { paymentEvent } from "#test/support/payment-events.ts";
import { openPurchase } from "#test/support/purchases.ts";
import { noteFailure } from "#workflow/checkout/note-failure.ts";
import { DecisionRefused, decide, type WantedDecision } from "#workflow/decide/decide.ts";
import type { Purchase } from "#workflow/purchase.ts";
import { validateSession } from "#workflow/steps/validate-session.ts";
import { writeEnrollment } from "#workflow/steps/write-enrollment.ts";
import { createDecideUnderTest, type DecideUnderTest, toGrace, wanted } from "./use-decide.ts";

let under: DecideUnderTest;

/** Paid, settled, and not enrolled yet. */
function begin() {
  under = createDecideUnderTest();
  under.stores.enrollments.clear();
}

async function execute(turn: Around) {
  const { stores, payments, ports } = under;
  const stepPorts = {
    ...ports,
    courses: stores,
    openCheckouts: stores,
    payments,
    ...inTurn(turn),
  };
  const event = paymentEvent();
  if ((await validateSession(event, stepPorts)).isBarred) return;
  await writeEnrollment(event, { ...stepPorts, onOtherLeftOpen: () => {}, onWritten: () => {} });
}

/** Other ports hold nothing that the two could fight about. */
const inTurn = (turn: Around) => aroundCalls({ purchases: under.stores, enrollments: under.stores }, turn);

const decideAs = (decision: WantedDecision, turn: Around, purchase = under.purchase() as Purchase) =>
  decide(purchase, decision, { ...under.ports, ...inTurn(turn) }).catch((error: unknown) => {
    if (!(error instanceof DecisionRefused)) throw error;
    return undefined;
  });

test.each<[string, WantedDecision, string[]]>([
  ["withdrawn", wanted(), []],
  ["given to another", toGrace, ["user-grace/TEST-COURSE-003"]],
])(
  "a purchase that is %s while it is being delivered ends so in every order",
  async (_what, decision, ends) => {
    const orders = await inEveryOrder(
      ([one, other]) => {
        begin();
        return [execute(one), decideAs(decision, other)];
      },
      () => expect(under.enrolled()).toEqual(ends),
    );
    expect(orders).toBeGreaterThan(50);
  },
);

test("a letter that is closed while it is delivered is refused or obeyed, never half of each", async () => {
  let refusals = 0;
  await inEveryOrder(
    ([one, other]) => {
      begin();
      return [execute(one), decideAs(wanted({ kind: "closed" }), other)];
    },
    () => {
      const isClosed = under.purchase()?.decision?.kind === "closed";
      expect(under.enrolled()).toEqual(isClosed ? [] : ["user-ada/TEST-COURSE-003"]);
      if (!isClosed) refusals += 1;
    },
  );
  expect(refusals).toBeGreaterThan(0);
});

test("of two operators one decides, and all of it is done", async () => {
  const winners = new Set<string>();
  await inEveryOrder(
    ([one, other]) => {
      begin();
      return [decideAs(wanted(), one), decideAs(toGrace, other)];
    },
    () => {
      const kind = under.purchase()?.decision?.kind ?? "none";
      winners.add(kind);
      expect(under.enrolled()).toEqual(kind === "transferred" ? ["user-grace/TEST-COURSE-003"] : []);
    },
  );
  expect([...winners].sort()).toEqual(["transferred", "withdrawn"]);
});

test("a place is taken back from its new holder while it is given to them: it stays taken back", async () => {
  const theirs = openPurchase({ userId: "user-grace", settlement: paymentEvent() });
  await inEveryOrder(
    ([one, other]) => {
      begin();
      under.stores.purchases.set("user-grace/cs_test_1", theirs);
      return [decideAs(toGrace, one), decideAs(wanted(), other, theirs)];
    },
    () => {
      const isGiven = under.purchase()?.decision !== undefined;
      expect(under.purchase("user-grace")?.decision?.kind).toBe("withdrawn");
      expect(under.enrolled(), isGiven ? "given" : "refused").toEqual([]);
    },
  );
});

test("a failure that is noted while a person decides keeps nobody waiting", async () => {
  await inEveryOrder(
    ([one, other]) => {
      begin();
      const noting = noteFailure(paymentEvent(), "evt_1", new Error("x"), { ...under.ports, ...inTurn(one) });
      return [noting, decideAs(wanted(), other)];
    },
    async () => {
      expect(under.purchase()).not.toHaveProperty("failing");
      await expect(collect(under.stores.listPurchasesAwaitingAttention(() => {}))).resolves.toEqual([]);
    },
  );
});
