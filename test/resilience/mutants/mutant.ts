import type { Parts } from "../simulation/parts.ts";

/** A planted bug. A checker is trusted once it has caught them all. */
export interface Mutant {
  name: string;
  /** Of one that shows in an instant only, which chance may miss: the scenario that is gone through in every order. */
  scenario?: string;
  spoil(parts: Parts): Parts;
}
