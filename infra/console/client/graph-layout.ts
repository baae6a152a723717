/** Places the states of a definition on a plane, from the top down. */
import { graphlib, layout } from "@dagrejs/dagre";
import type { Definition, StateDefinition } from "../contract.ts";

export const NODE = { width: 208, height: 60 };

export interface PlacedState {
  stateName: string;
  state: StateDefinition;
  x: number;
  y: number;
}

export interface Transition {
  from: string;
  to: string;
  /** Taken only after an error. */
  isCatch: boolean;
}

export interface GraphLayout {
  states: PlacedState[];
  transitions: Transition[];
  width: number;
  height: number;
}

export function layOut(definition: Definition): GraphLayout {
  const transitions = transitionsOf(definition);
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 28, ranksep: 44 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const stateName of Object.keys(definition.States)) graph.setNode(stateName, { ...NODE });
  for (const { from, to } of transitions) graph.setEdge(from, to);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const states = Object.entries(definition.States).map(([stateName, state]) => {
    const { x, y } = graph.node(stateName) as { x: number; y: number };
    return { stateName, state, x: x - NODE.width / 2, y: y - NODE.height / 2 };
  });
  return { states, transitions, width, height };
}

/** One line for each pair of states, however many rules lead from one to the other. */
export function transitionsOf({ States }: Definition): Transition[] {
  const found = new Map<string, Transition>();
  for (const [from, { Next, Default, Choices = [], Catch = [] }] of Object.entries(States)) {
    const ways = [Next, Default, ...Choices.map((choice) => choice.Next)].map((to) => ({
      to,
      isCatch: false,
    }));
    const escapes = Catch.map((catcher) => ({ to: catcher.Next, isCatch: true }));
    for (const { to, isCatch } of [...ways, ...escapes]) {
      if (to && !found.has(`${from} ${to}`)) found.set(`${from} ${to}`, { from, to, isCatch });
    }
  }
  return [...found.values()];
}
