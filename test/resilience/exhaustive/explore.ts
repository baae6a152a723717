/**
 * Every order in which a handful of things can happen. There is no clock here: whatever waits may be next, be it a call
 * that is answered, a process that ends at its call, or a person who acts. States seen before are not gone into again.
 */
import { createHash } from "node:crypto";
import { checkStores, type Violation } from "../check/check-stores.ts";
import { readFinalStores, withVirtualClock } from "../simulation/round.ts";
import { type Scenario, startScenario } from "./scenario.ts";

export interface ExhaustiveResult {
  scenario: string;
  /** Distinct states of stores and processes. */
  states: number;
  transitions: number;
  /** Distinct ways in which everything has come to rest. */
  ends: number;
  /** Steps of the longest way. */
  deepest: number;
  /** Ways that were cut off at the bound. */
  cut: number;
  violations: (Violation & { path: string[] })[];
}

/** Steps of one way; ways that go on longer are counted, not followed. */
const BOUND = 60;

/**
 * @param announce told how many states are known so far
 * @param isEnough asked at each end: true when nothing more is to be looked for
 */
export async function exploreScenario(
  scenario: Scenario,
  announce: (states: number) => void,
  isEnough: (violations: Violation[]) => boolean = () => false,
): Promise<ExhaustiveResult> {
  const seen = new Set<string>();
  const result = { scenario: scenario.name, states: 0, transitions: 0, ends: 0, deepest: 0, cut: 0 };
  const violations: ExhaustiveResult["violations"] = [];
  /** Each a list of choices that leads to a state whose exits are not known yet. */
  const open: number[][] = [[]];

  for (let path = open.pop(); path; path = open.pop()) {
    const visit = await followPath(scenario, path);
    result.transitions += 1;
    if (seen.has(visit.fingerprint)) continue;
    seen.add(visit.fingerprint);
    result.deepest = Math.max(result.deepest, path.length);
    if (visit.exits === 0) {
      result.ends += 1;
      violations.push(...visit.violations.map((violation) => ({ ...violation, path: visit.labels })));
      if (isEnough(violations)) break;
    } else if (path.length >= BOUND) result.cut += 1;
    else for (let exit = 0; exit < visit.exits; exit += 1) open.push([...path, exit]);
    if (seen.size % 200 === 0) announce(seen.size);
  }
  return { ...result, states: seen.size, violations };
}

/** Begins anew and takes the same turns: running code cannot be copied, but it can be repeated. */
async function followPath(scenario: Scenario, path: number[]) {
  const run = startScenario(scenario);
  const labels: string[] = [];
  let exits = 0;
  let fingerprint = "";
  await withVirtualClock(run.now, async () => {
    await run.begin();
    for (const exit of path) labels.push(await run.take(exit));
    exits = run.countExits();
    fingerprint = digest(run.describe());
    if (exits === 0) await run.conclude();
  });
  const stores = readFinalStores(run.deployment, run.deliveries);
  const violations = exits === 0 ? checkStores(stores) : [];
  return { fingerprint, exits, labels, violations };
}

const digest = (text: string) => createHash("sha1").update(text).digest("base64");
