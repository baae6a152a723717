/** The promises, each checked on the final stores alone. */

import { checkAgreements } from "./agreements.ts";
import { checkByHand } from "./by-hand.ts";
import { checkCountedAsDone } from "./counted-as-done.ts";
import { checkDecisions } from "./decisions.ts";
import { checkDelivered } from "./delivered.ts";
import { gatherFacts } from "./facts.ts";
import type { FinalStores } from "./final-stores.ts";
import { checkFreshAttempts } from "./fresh-attempts.ts";
import { checkPaybacks, checkSecondPayments } from "./paybacks.ts";
import { checkStudents } from "./students.ts";
import type { Violation } from "./violation.ts";

export { PROMISES, type PromiseNumber, type Violation } from "./violation.ts";

export function checkStores(stores: FinalStores): Violation[] {
  const facts = gatherFacts(stores);
  return [
    ...checkDelivered(facts),
    ...checkFreshAttempts(facts),
    ...checkSecondPayments(facts),
    ...checkPaybacks(facts),
    ...checkStudents(facts),
    ...checkAgreements(facts),
    ...checkDecisions(facts),
    ...checkByHand(facts),
    ...checkCountedAsDone(facts),
  ];
}
