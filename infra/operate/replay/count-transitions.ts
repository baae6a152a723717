/** What AWS counts, and how often each way between two states was gone. */
import { type StateDefinition, targetsOf } from "#infra/states-language/definition.ts";
import type { Path } from "./path.ts";

/** US$ of one transition of a standard state machine in us-east-1. Source: https://aws.amazon.com/step-functions/pricing/ */
export const PRICE_OF_TRANSITION = 0.000_025;

/** Every state that is entered, every attempt but the first, and the way out; a redrive enters its state once more. */
export function countTransitions({ stretches }: Path): number {
  const entered = stretches
    .flatMap(({ visits }) => visits)
    .reduce((sum, { attempts }) => sum + Math.max(1, attempts.length), 0);
  return entered + stretches.filter(({ end }) => end).length;
}

const START = "Start";

/** @returns `from` and `to` of each step of the way: a state, the start, or how it ended */
export function edgesOf({ stretches }: Path): [from: string, to: string][] {
  return stretches.flatMap(({ visits, end }, index) => {
    const names = visits.map(({ state }) => state);
    const places = [...(index === 0 ? [START] : []), ...names, ...(end ? [end.status] : [])];
    return places.slice(1).map((to, turn): [string, string] => [places[turn] ?? START, to]);
  });
}

/** @returns every step from one state to another that a definition allows */
export function edgesIn(states: Record<string, StateDefinition>): [from: string, to: string][] {
  return Object.entries(states).flatMap(([from, state]) =>
    [...new Set(targetsOf(state))].map((to): [string, string] => [from, to]),
  );
}
