/** The promises, and how one of them is found broken. */
export const PROMISES = {
  1: "a settled checkout session of ours ends in exactly one enrollment, a dead letter that names it or a decision that a person signed",
  2: "never two enrollments, none that was not paid, none of another student's, and nothing for what others sell",
  3: "a delivery after a failed execution leads to a fresh attempt, and nothing else but a person does",
  4: "a second payment, a refund and a dispute are visible to an operator, and what was paid back is not followed up",
  5: "the linked customer is the first one that lives, and a student goes by what the sign-in says",
  6: "what was agreed is honoured: a form asks for the course's price, and who pays it is enrolled",
  7: "what was decided stands: nothing brings back what was withdrawn, moved or closed",
  8: "an execution that somebody starts with no payment event ends in a dead letter that names it",
  9: "nothing counts as done before it is: not what Stripe is answered 200 for, what leaves the overflow queue or what the sweep goes past",
} as const;

export type PromiseNumber = keyof typeof PROMISES;

export interface Violation {
  promise: PromiseNumber;
  what: string;
}

export const violation = (promise: PromiseNumber, what: string): Violation => ({ promise, what });
