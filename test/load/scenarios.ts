/** What `npm run load` goes through. */
import type { Parts } from "#test/resilience/simulation/parts.ts";
import { BUSIEST_HOUR, evenlyWithin, HOUR, launchMinute, wholeDay } from "./arrivals.ts";
import { DEFAULT_QUOTAS, NEW_ACCOUNT, TEST_MODE } from "./quotas.ts";
import type { Scenario } from "./run-load.ts";

export interface NamedScenario extends Scenario {
  name: string;
  /** Whether it is promised that everybody is enrolled in time; else it is shown. */
  isPromised: boolean;
}

const DAY_PURCHASES = 1_000_000;

interface Sizes {
  parts: Parts;
  seed: number;
  /** Of the launch. */
  purchases: number;
}

export const launch = (
  { parts, seed, purchases }: Sizes,
  { name = "launch minute", quotas = DEFAULT_QUOTAS, isPromised = true } = {},
): NamedScenario => ({
  name,
  parts,
  quotas,
  seed,
  purchases,
  arrivals: launchMinute,
  courses: 1,
  isPromised,
});

export const launches = (sizes: Sizes): NamedScenario[] => [
  launch(sizes),
  launch(sizes, { name: "with Stripe's test keys", quotas: TEST_MODE, isPromised: false }),
  launch(sizes, { name: "in an account that is days old", quotas: NEW_ACCOUNT, isPromised: false }),
];

/** The day's other hours have fewer purchases. */
export const busiestHour = ({ parts, seed }: Sizes): NamedScenario => ({
  ...ofDay(parts, seed),
  name: "busiest hour of a million-purchase day",
  purchases: Math.round(DAY_PURCHASES * BUSIEST_HOUR),
  arrivals: evenlyWithin(HOUR),
});

export const day = ({ parts, seed }: Sizes): NamedScenario => ({
  ...ofDay(parts, seed),
  name: "million-purchase day",
  purchases: DAY_PURCHASES,
  arrivals: wholeDay,
});

const ofDay = (parts: Parts, seed: number) => ({
  parts,
  seed,
  quotas: DEFAULT_QUOTAS,
  courses: 200,
  isPromised: true,
});
