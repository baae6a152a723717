/** When students pay: as a share of all of them, from 0 to 1, onto milliseconds since the first. */

export type Arrivals = (share: number) => number;

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A launch: half of them pay in the first ten seconds of the minute, and ever fewer afterwards. */
const HALF_AFTER_MS = 10_000;

export const launchMinute: Arrivals = (share) => {
  const decay = HALF_AFTER_MS / Math.LN2;
  // A few more than half, so that all of them are within the minute.
  const within = 1 - Math.exp(-MINUTE / decay);
  return -decay * Math.log(1 - share * within);
};

/** As many in every second. */
export const evenlyWithin =
  (milliseconds: number): Arrivals =>
  (share) =>
    share * milliseconds;

/** Of a day, by the hour: twice the average at its height, next to none at night. */
const HOURS = Array.from({ length: 24 }, (_, hour) => (1 - Math.cos((2 * Math.PI * (hour + 0.5)) / 24)) / 24);

/** Of a day's purchases. */
export const BUSIEST_HOUR = Math.max(...HOURS);

export const wholeDay: Arrivals = (share) => {
  let before = 0;
  for (const [hour, ofHour] of HOURS.entries()) {
    if (share <= before + ofHour) return (hour + (share - before) / ofHour) * HOUR;
    before += ofHour;
  }
  return 24 * HOUR;
};
