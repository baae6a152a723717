/** Places the states of a definition on a plane, from the top down. */
import { graphlib, layout } from "@dagrejs/dagre";
import type { Definition, StateDefinition } from "../contract.ts";

export const NODE = { width: 208, height: 60 };

interface PlacedState {
  stateName: string;
  state: StateDefinition;
  x: number;
  y: number;
}

interface Transition {
  from: string;
  to: string;
  /** Taken only after an error. */
  isCatch: boolean;
}

interface RoutedTransition extends Transition {
  /** From the edge of one state to the edge of the other, around all that stands between. */
  points: { x: number; y: number }[];
}

export interface GraphLayout {
  states: PlacedState[];
  transitions: RoutedTransition[];
  width: number;
  height: number;
}

export function layOut(definition: Definition): GraphLayout {
  const transitions = transitionsOf(definition);
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 32, edgesep: 20, ranksep: 48 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const stateName of Object.keys(definition.States)) graph.setNode(stateName, { ...NODE });
  // The way without errors is kept straight; the ways out of it bend around.
  for (const { from, to, isCatch } of transitions) graph.setEdge(from, to, { weight: isCatch ? 1 : 8 });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const states = Object.entries(definition.States).map(([stateName, state]) => {
    const { x, y } = graph.node(stateName) as { x: number; y: number };
    return { stateName, state, x: x - NODE.width / 2, y: y - NODE.height / 2 };
  });
  const routed = transitions.map((transition) => {
    const { points = [] } = graph.edge(transition.from, transition.to) as Partial<RoutedTransition>;
    return { ...transition, points };
  });
  return { states, transitions: routed, width, height };
}

/** One line for each pair of states, however many rules lead from one to the other. */
function transitionsOf({ States }: Definition): Transition[] {
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
