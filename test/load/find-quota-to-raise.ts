/** Doubles each quota that was met, on its own, and tells which one helps students most: to be enrolled, and to be told so. */
import { doubled, QUOTA_NAMES, type QuotaName, wordsOf } from "./quotas.ts";
import { type LoadResult, runLoad, type Scenario, type Waits } from "./run-load.ts";

/** A quota is worth raising with which students wait for less than this share of what they wait without it. */
const MUCH = 0.95;

interface Raised {
  name: QuotaName;
  words: string;
  result: LoadResult;
}

export interface QuotaSweep {
  /** As it is. */
  standing: LoadResult;
  raised: Raised[];
  /** With which students are enrolled soonest, and with which their pages say so soonest; undefined: none does much for it. */
  forEnrolling: Raised | undefined;
  forTelling: Raised | undefined;
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
    raised,
    forEnrolling: findBest(raised, standing, ({ paidToEnrolled }) => paidToEnrolled),
    forTelling: findBest(raised, standing, ({ paidToSeen }) => paidToSeen),
    neverMet: QUOTA_NAMES.filter((name) => !met.includes(name)).map(wordsOf),
  };
}

/** By what all students wait together: who waits longest is a matter of chance. */
function findBest(
  raised: Raised[],
  standing: LoadResult,
  waitsOf: (result: LoadResult) => Waits,
): Raised | undefined {
  const meanOf = ({ result }: Pick<Raised, "result">) => waitsOf(result).mean;
  const [best] = raised.toSorted((one, other) => meanOf(one) - meanOf(other));
  return best && meanOf(best) < MUCH * meanOf({ result: standing }) ? best : undefined;
}
