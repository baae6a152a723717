/** Doubles each quota that was met, on its own, and tells which one helps most. */
import { doubled, QUOTA_NAMES, type QuotaName, wordsOf } from "./quotas.ts";
import { type LoadResult, runLoad, type Scenario } from "./run-load.ts";

interface Raised {
  name: QuotaName;
  words: string;
  result: LoadResult;
}

export interface QuotaSweep {
  /** As it is. */
  standing: LoadResult;
  /** The most helpful first. */
  raised: Raised[];
  /** Nothing was turned away by these: more of them changes nothing. */
  neverMet: string[];
}

/** @param announce told which is being doubled */
export async function findQuotaToRaise(
  scenario: Scenario,
  announce: (words: string) => void,
): Promise<QuotaSweep> {
  announce("as it is");
  const standing = await runLoad(scenario);
  const met = QUOTA_NAMES.filter((name) => standing.throttles[name]);
  const raised: Raised[] = [];
  for (const name of met) {
    announce(wordsOf(name));
    const result = await runLoad({ ...scenario, quotas: doubled(scenario.quotas, name) });
    raised.push({ name, words: wordsOf(name), result });
  }
  return {
    standing,
    raised: raised.sort((one, other) => delayOf(one.result) - delayOf(other.result)),
    neverMet: QUOTA_NAMES.filter((name) => !met.includes(name)).map(wordsOf),
  };
}

/** What students wait in all: first to be enrolled, then to be told so. */
const delayOf = ({ paidToEnrolled, paidToSeen }: LoadResult) =>
  paidToEnrolled.p99 + paidToEnrolled.most + paidToSeen.p99 / 1_000;
