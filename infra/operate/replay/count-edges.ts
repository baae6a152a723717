/** How often each step from one place to another is made: by the record, and by a candidate. */
import type { StateDefinition } from "#infra/states-language/definition.ts";
import { edgesIn } from "./count-transitions.ts";

export interface Edge {
  from: string;
  to: string;
  recorded: number;
  candidate: number;
}

/** @param states the candidate's: what it allows and nobody has gone is counted, too, as none */
export function createEdges(states: Record<string, StateDefinition>) {
  const edges = new Map<string, Edge>();

  function edgeOf([from, to]: [string, string]): Edge {
    const key = `${from}\n${to}`;
    const edge = edges.get(key) ?? { from, to, recorded: 0, candidate: 0 };
    edges.set(key, edge);
    return edge;
  }

  return {
    count(ways: [string, string][], side: "recorded" | "candidate"): void {
      for (const way of ways) edgeOf(way)[side] += 1;
    },

    /** Those that were gone; after them what the candidate allows besides. */
    list(): Edge[] {
      for (const way of edgesIn(states)) edgeOf(way);
      return [...edges.values()];
    },
  };
}

/** Of a step that no history makes nothing is known. */
export const isUntried = ({ recorded, candidate }: Edge) => recorded + candidate === 0;
