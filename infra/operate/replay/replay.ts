/** Tries a definition on recorded executions, and tells which would go another way, and why. */
import { createHash } from "node:crypto";
import { comparePaths, type Difference } from "./compare-paths.ts";
import { findDifferingAspects } from "./compare-results.ts";
import { createEdges, type Edge } from "./count-edges.ts";
import { countTransitions, edgesOf } from "./count-transitions.ts";
import { createGroups, type DifferenceGroup, type Transitions } from "./group-differences.ts";
import type { Candidate } from "./play.ts";
import { play } from "./play.ts";
import type { Recording } from "./read-recordings.ts";

export interface ReplayReport {
  executions: number;
  /** Names of those that still run, that did not succeed, that were redriven. */
  running: string[];
  failed: string[];
  redriven: string[];
  /** Names of those that could not be tried, by why. */
  left: { reason: string; executions: string[] }[];
  differences: DifferenceGroup[];
  transitions: Transitions;
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
  const named = { running: [] as string[], failed: [] as string[], redriven: [] as string[] };
  const transitions = { recorded: 0, candidate: 0 };
  const groups = createGroups();
  const left = new Map<string, string[]>();
  const edges = createEdges(candidate.loaded.states);
  let executions = 0;

  function note({ name, status, redriveCount }: Recording["execution"]): void {
    executions += 1;
    if (isRunning(status)) named.running.push(name);
    else if (status !== "SUCCEEDED") named.failed.push(name);
    if (redriveCount > 0) named.redriven.push(name);
  }

  return {
    async add({ execution, path }: Recording): Promise<void> {
      const { name } = execution;
      note(execution);
      const reason = whyNotTried(path);
      if (!path || reason) return void left.set(reason ?? "", [...(left.get(reason ?? "") ?? []), name]);
      const played = await play(candidate, path, { name, arn: executionArnOf(name) });
      const counted = { recorded: countTransitions(path), candidate: countTransitions(played.path) };
      const difference = comparePaths(path, played);
      const aspects = findDifferingAspects(path, played);
      if (difference) groups.add({ difference, name, aspects, transitions: counted });
      transitions.recorded += counted.recorded;
      transitions.candidate += counted.candidate;
      edges.count(edgesOf(path), "recorded");
      edges.count(edgesOf(played.path), "candidate");
    },

    report(): ReplayReport {
      const differences = groups.list();
      return {
        executions,
        ...named,
        left: [...left].map(([because, names]) => ({ reason: because, executions: names })),
        differences,
        transitions,
        edges: edges.list(),
        ...(differences.length > 0 && { digest: digestOf(definition, differences) }),
      };
    },
  };
}

const isRunning = (status: Recording["execution"]["status"]) =>
  status === "RUNNING" || status === "PENDING_REDRIVE";

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
