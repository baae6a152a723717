/** Tells by its looks what kind of id somebody holds in their hand. */
import type { IdKind } from "./dossier.ts";

const SIGNS: [sign: RegExp, kind: IdKind][] = [
  [/^[^@\s]+@[^@\s]+$/, "email"],
  [/^cs_/, "checkout session"],
  [/^pi_/, "payment intent"],
  [/^cus_/, "customer"],
  [/^evt_/, "event"],
];

/** @returns the kinds that it can be, likeliest first: students' and courses' ids look alike */
export function kindsOf(id: string): IdKind[] {
  const found = SIGNS.find(([sign]) => sign.test(id));
  return found ? [found[1]] : ["student", "course"];
}
