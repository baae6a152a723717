import type { Parts } from "../simulation/parts.ts";

/** A planted bug. A checker is trusted once it has caught them all. */
export interface Mutant {
  name: string;
  spoil(parts: Parts): Parts;
}
