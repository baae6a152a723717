/** What a sweep of a day may not need, and must not miss. */
import type { ApartResult } from "./run-apart.ts";
import type { MillionResult } from "./run-million.ts";

const MOST_MINUTES = 60;
const MOST_MEGABYTES = 256;
/** Stripe allows so many in live mode, students' own included. */
const MOST_READS_A_SECOND = 100;
/** Once each, and of those that were not started twice more, until they are. */
const MOST_LOOKS = 1.01;

/** @returns in words for people; empty: it is as it should be */
export function findMillionFaults(result: MillionResult & Partial<Pick<ApartResult, "megabytes">>): string[] {
  const { minutes, megabytes = 0, mostStripeReadsInASecond: reads, looksPerPurchase: looks } = result;
  return [
    minutes > MOST_MINUTES && `it took ${minutes} minutes`,
    megabytes >= MOST_MEGABYTES && `it needed ${megabytes} MB`,
    reads > MOST_READS_A_SECOND && `it read ${reads} times within a second from Stripe`,
    looks > MOST_LOOKS && `each purchase was read ${looks} times`,
    result.stillLost > 0 && `${result.stillLost} of ${result.lost} lost purchases were not started`,
    result.unreadable === 0 && "the event that cannot be read was not named",
  ].filter((fault) => fault !== false);
}
