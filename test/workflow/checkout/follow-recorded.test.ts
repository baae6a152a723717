import { beforeEach, describe, expect, test } from "vitest";
import { createInMemoryStores, type InMemoryStores } from "#test/support/in-memory-stores.ts";
import {
  decision,
  NOON,
  openPurchase,
  openSession,
  paidEnrollment,
  settledPurchase,
} from "#test/support/purchases.ts";
import { followCheckout, PATIENCE_MS } from "#workflow/checkout/follow.ts";
import type { ExecutionStatus } from "#workflow/ports/executions.ts";
import type { Purchase } from "#workflow/purchase.ts";

let stores: InMemoryStores;
let status: ExecutionStatus;
let asked: string[];
let started: string[];
let time: number;

beforeEach(() => {
  stores = createInMemoryStores();
  status = "running";
  asked = [];
  started = [];
  time = Date.parse(NOON) + PATIENCE_MS;
});

const store = (purchase: Purchase) => stores.purchases.set("user-ada/cs_test_1", purchase);
const stored = () => stores.purchases.get("user-ada/cs_test_1");
const follow = () =>
  followCheckout("user-ada", "cs_test_1", {
    payments: {
      findCheckout: async () => {
        asked.push("provider");
        return openSession();
      },
    },
    enrollments: stores,
    purchases: stores,
    limits: stores,
    onLimitsAway: () => {},
    executions: {
      ensureExecution: async ({ eventId }) => {
        started.push(eventId);
        return status;
      },
      findExecutionStatus: async (name) => {
        asked.push(name);
        return status;
      },
    },
    now: () => new Date(time),
  });

/** The return page stays open for a minute. */
async function stayOpen() {
  const stages: string[] = [];
  for (let seconds = 0; seconds < 60; seconds += 2) {
    stages.push((await follow())?.stage ?? "none");
    time += 2_000;
  }
  return [...new Set(stages)];
}

describe("a purchase about which a person has decided", () => {
  test.each(["withdrawn", "transferred", "closed"] as const)(
    "that it is %s is what the bookmark says, and nothing is started",
    async (kind) => {
      store(settledPurchase({ decision: decision({ kind }) }));
      await expect(follow()).resolves.toMatchObject({ stage: "withdrawn", enrolled: false });
      await expect(stayOpen()).resolves.toEqual(["withdrawn"]);
      expect([...asked, ...started]).toEqual([]);
    },
  );

  test("before it was paid is withdrawn as well, though its form may be open", async () => {
    store(openPurchase({ decision: decision() }));
    await expect(follow()).resolves.toMatchObject({ stage: "withdrawn" });
    expect([...asked, ...started]).toEqual([]);
  });

  test("and that was bought anew says that the course is the student's all the same", async () => {
    store(settledPurchase({ decision: decision() }));
    await stores.createEnrollment(paidEnrollment({ stripeSessionId: "cs_test_2" }));
    await expect(follow()).resolves.toMatchObject({ stage: "withdrawn", enrolled: true });
  });

  test("to leave it as it is is followed like any other", async () => {
    store(settledPurchase({ decision: decision({ kind: "waived" }) }));
    await expect(follow()).resolves.toMatchObject({ stage: "paid" });
    expect(started).toEqual(["evt_1"]);
  });

  test("to leave it as it is before it was paid is what the payment provider says", async () => {
    store(openPurchase({ decision: decision({ kind: "waived" }) }));
    await expect(follow()).resolves.toMatchObject({ stage: "open", status: "open" });
  });
});

test("a purchase whose money all went back starts nothing, whoever asks", async () => {
  store(settledPurchase({ refunded: { amount: 4900, isFull: true, at: NOON } }));
  await expect(stayOpen()).resolves.toEqual(["refunded"]);
  expect(started).toEqual([]);
});

describe("a purchase whose execution fails", () => {
  test("for good starts no second one, however long the page stays open", async () => {
    store(settledPurchase({ needsAttention: "evt_1" }));
    await expect(stayOpen()).resolves.toEqual(["needs_attention"]);
    expect([...asked, ...started]).toEqual([]);
  });

  test("at a try is asked after by its name, and starts no second one", async () => {
    store(settledPurchase({ failing: "evt_1-r1" }));
    await expect(stayOpen()).resolves.toEqual(["paid"]);
    expect(new Set(asked)).toEqual(new Set(["evt_1-r1"]));
    expect(started).toEqual([]);
  });

  test("and ends so is remembered by its name, and asked after no more", async () => {
    store(settledPurchase({ failing: "evt_1-r1" }));
    status = "failed";
    await expect(stayOpen()).resolves.toEqual(["needs_attention"]);
    expect(asked).toEqual(["evt_1-r1"]);
    expect(stored()).toMatchObject({ needsAttention: "evt_1-r1" });
  });

  test("and that the page itself has started is remembered by its event", async () => {
    store(settledPurchase());
    status = "failed";
    await follow();
    expect(started).toEqual(["evt_1"]);
    expect(stored()).toMatchObject({ needsAttention: "evt_1" });
  });

  test("is enrolled once it is mended", async () => {
    store(settledPurchase({ needsAttention: "evt_1" }));
    await stores.createEnrollment(paidEnrollment());
    await expect(follow()).resolves.toMatchObject({ stage: "enrolled" });
  });
});
