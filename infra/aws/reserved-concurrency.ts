/**
 * A flood of one kind of request must leave the account's concurrency to the others. A launch begins with as many cold
 * starts as purchases in its first moments, and a delivery that finds no room is made again in minutes.
 */
export const RESERVED_CONCURRENCY = { webhook: 300, api: 100 };
