/** A flood of one kind of request must leave the account's concurrency to the others. */
export const RESERVED_CONCURRENCY = { webhook: 100, api: 100 };
