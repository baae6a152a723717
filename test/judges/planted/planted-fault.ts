/** A fault that is planted in one of the stand-ins, and the judge that must then find a difference. */
import type { Change } from "#test/support/source-copy.ts";

export interface PlantedFault extends Change {
  /** What the stand-in does wrong once it is planted. */
  fault: string;
  /** The judge's name. */
  judge: string;
}
