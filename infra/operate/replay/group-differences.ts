/** Executions that differ for the same reason stand together. */

import type { Difference } from "./compare-paths.ts";
import { ASPECTS, type Aspect } from "./compare-results.ts";

export interface Transitions {
  recorded: number;
  candidate: number;
}

/** Executions that would go another way for the same reason. */
export interface DifferenceGroup extends Difference {
  /** Names of all of them, newest first. */
  executions: string[];
  /** In how many of them these differ in the end. */
  aspects: Record<Aspect, number>;
  transitions: Transitions;
}

interface Differing {
  difference: Difference;
  /** The execution's. */
  name: string;
  aspects: Aspect[];
  transitions: Transitions;
}

export function createGroups() {
  const groups = new Map<string, DifferenceGroup>();

  return {
    add({ difference, name, aspects, transitions }: Differing): void {
      const key = `${difference.kind} ${difference.text}`;
      const group = groups.get(key) ?? startGroup(difference);
      groups.set(key, group);
      group.executions.push(name);
      for (const aspect of aspects) group.aspects[aspect] += 1;
      group.transitions.recorded += transitions.recorded;
      group.transitions.candidate += transitions.candidate;
    },

    /** The largest first. */
    list: () => [...groups.values()].sort((one, other) => other.executions.length - one.executions.length),
  };
}

const startGroup = (difference: Difference): DifferenceGroup => ({
  ...difference,
  executions: [],
  aspects: Object.fromEntries(ASPECTS.map((aspect) => [aspect, 0])) as Record<Aspect, number>,
  transitions: { recorded: 0, candidate: 0 },
});
