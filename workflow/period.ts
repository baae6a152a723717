/** A stretch of time: from `since` on and before `until`. */
export interface Period {
  since: Date;
  until: Date;
}
