/** Tells by its looks what kind of id somebody holds in their hand. */
import { readOrderNumber } from "#workflow/order-number.ts";
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

const ORDER: IdKind[] = ["order number"];

/** @returns the kinds that it can be, likeliest first: students' and courses' ids look alike. Order numbers take longest to find */
export function kindsOf(id: string): IdKind[] {
  const found = SIGNS.find(([sign]) => sign.test(id));
  if (found) return [found[1], ...(found[1] === "event" ? EXECUTION : [])];
  return ["student", "course", ...EXECUTION, ...(readOrderNumber(id) ? ORDER : [])];
}
