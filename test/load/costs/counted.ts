/** What a number of enrollments has used, and how the process that counts it is told what to do. */
import type { Usage } from "../model/meter.ts";

export interface CountingTask {
  purchases: number;
  seed: number;
  /** Whether each student has looked round before: signed in, read the catalogue and the course's page. */
  withVisit: boolean;
}

export interface Counted {
  purchases: number;
  usage: Usage;
  /** That the handlers have written. */
  logBytes: number;
  logLines: number;
}
