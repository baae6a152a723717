/** One question before a deployment, and what is found. */

interface Finding {
  /** True: the deployment would fail, or do harm. */
  stops: boolean;
  /** What is so, and what to do about it. */
  sentence: string;
}

export interface Check {
  /** For when it cannot be known: follows "Not checked: ". */
  question: string;
  find(): Promise<Finding | undefined>;
}

export const stop = (sentence: string): Finding => ({ stops: true, sentence });
export const warn = (sentence: string): Finding => ({ stops: false, sentence });
