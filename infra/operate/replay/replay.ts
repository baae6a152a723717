/** Tries a definition on recorded executions, and tells which would go another way, and why. */
import { createHash } from "node:crypto";
import { comparePaths, type Difference } from "./compare-paths.ts";
import { countTransitions, edgesOf } from "./count-transitions.ts";
import type { Candidate } from "./play.ts";
import { play } from "./play.ts";
import type { Recording } from "./read-recordings.ts";

const EXAMPLES = 5;

/** Executions that would go another way for the same reason. */
export interface DifferenceGroup extends Difference {
  count: number;
  /** Names of some of them. */
  examples: string[];
}

/** How often a step from one place to another is made: by the record, and by the candidate. */
export interface Edge {
  from: string;
  to: string;
  recorded: number;
  candidate: number;
}

export interface ReplayReport {
  executions: number;
  /** Of them, that still run, that did not succeed, that were redriven. */
  running: number;
  failed: number;
  redriven: number;
  /** Names of those that could not be tried, by why. */
  left: { reason: string; executions: string[] }[];
  differences: DifferenceGroup[];
  transitions: { recorded: number; candidate: number };
  edges: Edge[];
  /** Names the differences: who accepts it accepts these, and no others. Absent when there are none. */
  digest?: string;
}

/** @param executionArnOf by the execution's name */
export function createReplay(
  candidate: Candidate,
  definition: string,
  executionArnOf: (name: string) => string,
) {
  const counts = { executions: 0, running: 0, failed: 0, redriven: 0 };
  const transitions = { recorded: 0, candidate: 0 };
  const groups = new Map<string, DifferenceGroup>();
  const left = new Map<string, string[]>();
  const edges = new Map<string, Edge>();

  function countEdges(ways: [string, string][], side: "recorded" | "candidate"): void {
    for (const [from, to] of ways) {
      const key = `${from} ${to}`;
      const edge = edges.get(key) ?? { from, to, recorded: 0, candidate: 0 };
      edge[side] += 1;
      edges.set(key, edge);
    }
  }

  function addDifference(difference: Difference, name: string): void {
    const key = `${difference.kind} ${difference.text}`;
    const group = groups.get(key) ?? { ...difference, count: 0, examples: [] };
    group.count += 1;
    if (group.examples.length < EXAMPLES) group.examples.push(name);
    groups.set(key, group);
  }

  return {
    async add({ execution, path }: Recording): Promise<void> {
      const { name, status, redriveCount } = execution;
      counts.executions += 1;
      if (status === "RUNNING") counts.running += 1;
      else if (status !== "SUCCEEDED") counts.failed += 1;
      if (redriveCount > 0) counts.redriven += 1;
      const reason = whyNotTried(path);
      if (!path || reason) return void left.set(reason ?? "", [...(left.get(reason ?? "") ?? []), name]);
      const played = await play(candidate, path, { name, arn: executionArnOf(name) });
      const difference = comparePaths(path, played);
      if (difference) addDifference(difference, name);
      transitions.recorded += countTransitions(path);
      transitions.candidate += countTransitions(played.path);
      countEdges(edgesOf(path), "recorded");
      countEdges(edgesOf(played.path), "candidate");
    },

    report(): ReplayReport {
      const differences = [...groups.values()].sort((one, other) => other.count - one.count);
      return {
        ...counts,
        left: [...left].map(([reason, executions]) => ({ reason, executions })),
        differences,
        transitions,
        edges: [...edges.values()],
        ...(differences.length > 0 && { digest: digestOf(definition, differences) }),
      };
    },
  };
}

function whyNotTried(path: Recording["path"]): string | undefined {
  if (!path) return "Step Functions no longer has its history";
  const [unknown] = path.unknownEvents;
  return unknown && `its history has ${unknown}, which is not replayed`;
}

function digestOf(definition: string, differences: Difference[]): string {
  const texts = differences.map(({ kind, text }) => `${kind} ${text}`).sort();
  return createHash("sha256")
    .update(JSON.stringify([JSON.parse(definition), texts]))
    .digest("hex")
    .slice(0, 12);
}
