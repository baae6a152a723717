/** What was started by hand with anything else than a payment event. */
import type { Facts } from "./facts.ts";
import { type Violation, violation } from "./violation.ts";

export function checkByHand({ byHand, lettersByHand }: Facts): Violation[] {
  const named = new Set(lettersByHand.map(({ executionArn }) => String(executionArn).split(":").at(-1)));
  return byHand
    .filter(({ name }) => !named.has(name))
    .map(({ name, input }) => violation(8, `${name}, started with ${input}, has left no dead letter`));
}
