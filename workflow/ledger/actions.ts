/** What operators do that stands in the ledger. */
export const ACTIONS = [
  "plan",
  "redrive",
  "stop",
  "remove",
  "close",
  "withdraw",
  "transfer",
  "waive",
  "repair",
  "erase",
  "seed",
  "setup",
  "fault",
  "rehearse",
  "resend",
] as const;
export type Action = (typeof ACTIONS)[number];
