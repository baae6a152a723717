/** What is due on the clock: a session that expires, a debit that the bank decides, a key that is forgotten. */
import type { TestIban } from "./test-numbers.ts";

export const CLOCK = "clock";

export type ClockTask =
  | { kind: "expire"; checkoutSessionId: string }
  | { kind: "settle"; checkoutSessionId: string; settlement: TestIban["settlement"] }
  | { kind: "forget"; key: string };
