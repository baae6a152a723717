import { describe, expect, test } from "vitest";
import { type Parts, readShippedParts } from "#test/resilience/simulation/parts.ts";
import { launchMinute, wholeDay } from "./arrivals.ts";
import { findBroken, reportSweep } from "./commands/report.ts";
import { drawPicture } from "./draw-picture.ts";
import { findQuotaToRaise } from "./find-quota-to-raise.ts";
import { DEFAULT_QUOTAS, doubled, NEW_ACCOUNT, type Quotas } from "./quotas.ts";
import { type LoadResult, runLoad, type Scenario } from "./run-load.ts";
import { launch } from "./scenarios.ts";

const shipped = readShippedParts();

/** As many for these purchases as the default is for ten thousand. */
const FEW_STARTS: Quotas = {
  ...DEFAULT_QUOTAS,
  rates: {
    ...DEFAULT_QUOTAS.rates,
    startExecution: { ...DEFAULT_QUOTAS.rates.startExecution, perSecond: 6, burst: 26 },
  },
};

const scenario = (more: Partial<Scenario> = {}): Scenario => ({
  parts: shipped,
  quotas: FEW_STARTS,
  seed: 1,
  purchases: 200,
  arrivals: launchMinute,
  courses: 1,
  ...more,
});

/** Its overflow queue takes everything and keeps nothing. */
const DROPS: Parts = { ...shipped, createOverflowQueue: () => ({ enqueue: async () => {} }) };
/** Its consumer is done with what it has not started. */
const LOSES: Parts = {
  ...shipped,
  createOverflowQueueConsumer: () => async () => ({ batchItemFailures: [] }),
};

const brokenIn = (result: LoadResult, isPromised = true) =>
  findBroken([
    { scenario: { ...launch({ parts: shipped, seed: 1, purchases: 1 }), isPromised }, result },
  ]).join();

describe("more purchases at once than Step Functions starts", () => {
  test("wait in the overflow queue, and everybody is enrolled in time", async () => {
    const result = await runLoad(scenario());
    expect(result).toMatchObject({ paid: 200, enrolled: 200, lost: 0, deadLetters: 0, late: 0 });
    expect(result.queue.most).toBeGreaterThan(10);
    expect(result.throttles.startExecution).toBeGreaterThan(0);
    expect(brokenIn(result)).toBe("");
  });

  test.each([
    ["a webhook that answers 200 for what it drops", DROPS],
    ["a consumer that deletes what it has not started", LOSES],
  ])("are lost by %s, and that is said", async (_name, parts) => {
    const result = await runLoad(scenario({ parts, looksOn: false }));
    expect(result.lost).toBeGreaterThan(10);
    expect(brokenIn(result, false)).toContain("are lost");
  });

  test("are mended by the students' pages when the webhook drops them", async () => {
    const result = await runLoad(scenario({ parts: DROPS }));
    expect(result).toMatchObject({ lost: 0, enrolled: 200 });
  });
});

test("a consumer that gives up at the first throttle makes students wait, and that is said", async () => {
  const createExecutions: Parts["createExecutions"] = (client) => {
    const executions = shipped.createExecutions(client);
    let tried = 0;
    return {
      ...executions,
      startExecution: async (event) => {
        tried += 1;
        if (tried <= 3) throw new Error("throttled");
        return executions.startExecution(event);
      },
    };
  };
  const result = await runLoad(scenario({ parts: { ...shipped, createExecutions }, looksOn: false }));
  expect(result).toMatchObject({ lost: 0, enrolled: 200 });
  expect(brokenIn(result)).toContain("waited for more than 180 s");
  expect(brokenIn(result, false)).toBe("");
});

test("an account that is days old turns functions away, and loses nobody", async () => {
  const result = await runLoad(scenario({ quotas: NEW_ACCOUNT, purchases: 300 }));
  expect(result).toMatchObject({ lost: 0, enrolled: 300 });
  expect(result.throttles.account).toBeGreaterThan(0);
  expect(result.peakConcurrency).toBe(10);
});

const slowlyFollowed = ({ rates, ...rest }: Quotas, perSecond: number): Quotas => ({
  ...rest,
  rates: { ...rates, followRequests: { ...rates.followRequests, perSecond, burst: perSecond } },
});

test("the quotas to raise first are the one that holds students up, and the one that holds up their pages", async () => {
  const sweep = await findQuotaToRaise(scenario({ quotas: slowlyFollowed(FEW_STARTS, 10) }), () => undefined);
  expect(sweep.raised.map(({ name }) => name)).toEqual(["startExecution", "followRequests"]);
  expect(sweep.forEnrolling?.name).toBe("startExecution");
  expect(sweep.forTelling?.name).toBe("followRequests");
  expect(sweep.neverMet).toContain("Stripe: API calls");
  expect(reportSweep(sweep)).toMatch(
    /be enrolled sooner: Step Functions: StartExecution \(on average after .* s instead of .*\)\.\n.* be told so sooner: HTTP API: following a purchase/,
  );
});

test("no quota is to be raised for what comes no sooner with it", async () => {
  const quotas = slowlyFollowed(DEFAULT_QUOTAS, 2);
  const sweep = await findQuotaToRaise(scenario({ quotas, purchases: 60 }), () => undefined);
  expect(sweep.raised.map(({ name }) => name)).toEqual(["followRequests"]);
  expect(sweep.forEnrolling).toBeUndefined();
  expect(reportSweep(sweep)).toContain("Students are not enrolled much sooner with any of them.");
});

test("the same seed leads to the same run", async () => {
  const [{ samples, ...one }, { samples: _samples, ...other }] = [
    await runLoad(scenario({ purchases: 50 })),
    await runLoad(scenario({ purchases: 50 })),
  ];
  expect(one).toEqual(other);
  expect(drawPicture(samples, "a launch")).toMatch(/class="enrolled" points="64\.0,204\.0 /);
});

test("half of a launch pays in ten seconds, all of it in a minute, and a day has its height at noon", () => {
  expect(launchMinute(0)).toBeCloseTo(0);
  expect(launchMinute(0.5)).toBeLessThan(10_100);
  expect(launchMinute(1)).toBeCloseTo(60_000);
  expect(wholeDay(0.5) / 3_600_000).toBeCloseTo(12);
  expect(wholeDay(1) / 3_600_000).toBeCloseTo(24);
});

test("a quota is doubled alone", () => {
  const { rates, concurrency } = doubled(DEFAULT_QUOTAS, "startExecution");
  expect(rates.startExecution).toMatchObject({ perSecond: 600, burst: 2_600 });
  expect({ ...rates, startExecution: 0 }).toEqual({ ...DEFAULT_QUOTAS.rates, startExecution: 0 });
  expect(concurrency).toEqual(DEFAULT_QUOTAS.concurrency);
  expect(doubled(DEFAULT_QUOTAS, "account").concurrency.account.most).toBe(2_000);
});
