/** Tells by its looks what kind of id somebody holds in their hand. */
import type { IdKind } from "./dossier.ts";

const SIGNS: [sign: RegExp, kind: IdKind][] = [
  [/^[^@\s]+@[^@\s]+$/, "email"],
  [/^cs_/, "checkout session"],
  [/^pi_/, "payment intent"],
  [/^cus_/, "customer"],
  [/^evt_/, "event"],
];

/** Most are named after events; anybody can start one by another name. */
const EXECUTION: IdKind[] = ["execution"];

/** @returns the kinds that it can be, likeliest first: students' and courses' ids look alike */
export function kindsOf(id: string): IdKind[] {
  const found = SIGNS.find(([sign]) => sign.test(id));
  return found ? [found[1], ...(found[1] === "event" ? EXECUTION : [])] : ["student", "course", ...EXECUTION];
}
