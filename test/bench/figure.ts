/** One measured figure beside its floor, and whether the ratio keeps to its bar. */

export interface Figure {
  section: string;
  name: string;
  unit: "ms" | "s" | "kB" | "MB" | "per second" | "count" | "US$";
  ours: number;
  /** What the same costs done as directly as can be; undefined where the bar is a number of its own. */
  floor?: number | undefined;
  /** The most that `ours / floor` may be, or `ours` itself where there is no floor. */
  atMost?: number | undefined;
  /** The least, for what should be large. */
  atLeast?: number | undefined;
  /** What a number does not say, e.g. `answers 500`. */
  note?: string;
}

export const ratioOf = ({ ours, floor }: Figure): number => (floor === undefined ? ours : ours / floor);

/** True also for a figure that has no bar. */
export function holds(figure: Figure): boolean {
  const ratio = ratioOf(figure);
  return ratio <= (figure.atMost ?? Number.POSITIVE_INFINITY) && ratio >= (figure.atLeast ?? 0);
}
