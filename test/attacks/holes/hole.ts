/** What a planted hole is, and the attacks of which each must have one. */
import type { Change } from "#test/support/source-copy.ts";

/** A small change of the source that lets one attack through, and the test that must then fail. */
export interface Hole extends Change {
  attack: Attack;
  /** What is wrong with the source once it is planted. */
  hole: string;
  test: NamedTest;
}

export interface NamedTest {
  /** From the repository's root. */
  file: string;
  /** A regular expression on the full name, describe blocks included, as `vitest -t` takes it. */
  title: string;
}

export const ATTACKS = [
  "webhook: forged",
  "webhook: truncated",
  "webhook: re-encoded",
  "webhook: altered",
  "webhook: replayed",
  "webhook: dated ahead",
  "webhook: wrong secret",
  "webhook: scheme v0",
  "webhook: several v1",
  "webhook: blank secret",
  "webhook: the API key",
  "webhook: huge body",
  "webhook: slow body",
  "webhook: wrong content type",
  "webhook: wrong method",
  "webhook: thin event",
  "webhook: other API version",
  "webhook: live event on a test stack",
  "webhook: test event on a live stack",
  "webhook: another account",
  "webhook: another's sale",
  "webhook: another student",
  "webhook: another course",
  "webhook: another amount",
  "webhook: another currency",
  "webhook: odd ids and types",
  "webhook: unicode",
  "webhook: prototype pollution",
  "webhook: made-up requests, 5xx",
  "webhook: made-up requests, execution",
  "API: no token",
  "API: expired token",
  "API: wrong audience",
  "API: wrong issuer",
  "API: alg none",
  "API: HMAC with the public key",
  "API: foreign key",
  "API: altered token",
  "API: id token",
  "API: one student's answer, shown to another",
  "API: another student's ids",
  "API: a course without a place in it",
  "API: odd parameters",
  "API: unknown fields",
  "API: odd bodies",
  "API: checkouts in a loop",
  "API: made-up checkout sessions",
  "logs: personal data",
  "any: flood from one address",
  "API: made-up requests, 5xx",
  "API: made-up requests, shape",
  "client: CSP",
  "client: token in storage",
  "client: token in an address",
  "client: signing out",
  "sign-in: refresh token used twice",
  "sign-up: another's address",
  "client: way back elsewhere",
  "client: course text as code",
  "client: altered script",
  "client: altered page",
  "reports: personal data",
  "reports: a log that is filled",
  "reports: from any page",
  "reports: too large",
  "erased: back again",
  "erased: traces",
  "operators: an act without a reason",
  "operators: an act that no ledger has",
  "operators: an act by who only looks",
  "services: never answer",
  "services: answers that trickle",
  "services: slow together",
  "executions: no payment event",
  "local: other address",
  "local: another Host",
  "local: a page of another site",
  "local: broken requests",
  "local: AWS without its key",
  "local: folder of others",
  "local: live key",
  "local: readable by others",
  "local: another user of the machine",
] as const;

export type Attack = (typeof ATTACKS)[number];
