/** What a judge has to say: how much it compared, and where the stand-in differs from the original. */

export interface Difference {
  /** Which case, e.g. `IsNull of 0 against false`. */
  what: string;
  theirs: string;
  ours: string;
}

export interface Verdict {
  judge: string;
  /** Cases in which both were asked and gave the same answer. */
  equal: number;
  /** Cases that the stand-in refuses to begin with, and says so. */
  refused: number;
  /** Cases of which the recording hides what it would take to compare them. */
  masked: number;
  differences: Difference[];
}

export function emptyVerdict(judge: string): Verdict {
  return { judge, equal: 0, refused: 0, masked: 0, differences: [] };
}
