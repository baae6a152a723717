import { beforeEach, expect, test } from "vitest";
import type { Intent, Outcome } from "#workflow/ledger/entry.ts";
import { keepLedger, LedgerAway } from "#workflow/ledger/keep-ledger.ts";

let rows: (Intent | Outcome)[];
let isAway: boolean;
let ledger: ReturnType<typeof keepLedger>;

beforeEach(() => {
  rows = [];
  isAway = false;
  let ids = 0;
  ledger = keepLedger({
    store: {
      async append(row) {
        if (isAway) throw new Error("the table is away");
        rows.push(row);
      },
    },
    findCaller: async () => "arn:aws:iam::123456789012:user/jo",
    via: "command",
    newId: () => `act-${++ids}`,
    now: () => new Date("2026-11-26T10:00:00.000Z"),
  });
});

const redrive = { action: "redrive" as const, about: ["evt_1"], reason: "mended" };
const told = (text: string) => ({ isDone: true, text });
const intent = {
  id: "act-1",
  at: "2026-11-26T10:00:00.000Z",
  action: "redrive",
  about: ["evt_1"],
  reason: "mended",
  by: "arn:aws:iam::123456789012:user/jo",
  via: "command",
};
const outcome = { id: "act-1", begunAt: "2026-11-26T10:00:00.000Z", endedAt: "2026-11-26T10:00:00.000Z" };

test("what is about to be done stands there before it is begun, and what came of it afterwards", async () => {
  const result = await ledger.act(
    redrive,
    async () => {
      expect(rows).toEqual([intent]);
      return "evt_1-r1";
    },
    told,
  );
  expect(result).toBe("evt_1-r1");
  expect(rows).toEqual([intent, { ...outcome, isDone: true, text: "evt_1-r1" }]);
});

test("what failed is told by the error's name, since its message may name somebody", async () => {
  const failing = async () => {
    throw Object.assign(new Error("user-ada has it already"), { name: "DecisionRefused" });
  };
  await expect(ledger.act(redrive, failing, told)).rejects.toThrow("user-ada");
  expect(rows).toEqual([intent, { ...outcome, isDone: false, text: "DecisionRefused" }]);
});

test("nothing is done when the ledger cannot be written", async () => {
  isAway = true;
  let isBegun = false;
  const work = async () => {
    isBegun = true;
    return "";
  };
  await expect(ledger.act(redrive, work, told)).rejects.toThrow(LedgerAway);
  expect(isBegun).toBe(false);
});

test.each([undefined, "", "  ", "ada@example.com asked", "x".repeat(501)])(
  "nothing is done for the reason %j",
  async (reason) => {
    let isBegun = false;
    const work = async () => {
      isBegun = true;
      return "";
    };
    await expect(ledger.act({ ...redrive, reason }, work, told)).rejects.toMatchObject({
      name: "ReasonRefused",
    });
    expect([isBegun, rows]).toEqual([false, []]);
  },
);

test("an end that the table did not take is written before anything else is", async () => {
  await ledger.act(
    redrive,
    async () => {
      isAway = true;
      return "evt_1";
    },
    told,
  );
  expect(rows).toEqual([intent]);
  isAway = false;
  await ledger.act({ ...redrive, about: ["evt_2"] }, async () => "evt_2", told);
  expect(rows.map(({ id }) => id)).toEqual(["act-1", "act-1", "act-2", "act-2"]);
});

test("a fault that keeps the ledger from being written can be mended, and both rows follow", async () => {
  isAway = true;
  const mend = async () => {
    isAway = false;
    return "all of it works";
  };
  await ledger.act({ ...redrive, action: "fault", switches: "off" }, mend, told);
  await expect
    .poll(() => rows)
    .toEqual([
      { ...intent, action: "fault" },
      { ...outcome, isDone: true, text: "all of it works" },
    ]);
});
