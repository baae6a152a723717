/** What a person decides about a purchase or a student, signed. */
import { digestOf } from "#handlers/adapters/dynamodb/table.ts";
import type { DecisionPorts, ErasurePorts } from "#handlers/composition.ts";
import { decide, type WantedDecision } from "#workflow/decide/decide.ts";
import { erase } from "#workflow/erase/erase.ts";
import type { Action } from "#workflow/ledger/actions.ts";
import { readReason } from "#workflow/ledger/entry.ts";
import type { Erasure } from "#workflow/ports/personal-data.ts";
import type { Purchase } from "#workflow/purchase.ts";
import type { Signed } from "./open-ledger.ts";

const ACTIONS: Record<WantedDecision["kind"], Action> = {
  withdrawn: "withdraw",
  transferred: "transfer",
  waived: "waive",
  closed: "close",
};

/**
 * @param afterwards what else belongs to it, in the same entry
 * @throws DecisionRefused
 */
export function decideSigned(
  purchase: Purchase,
  { kind, to, by }: Pick<WantedDecision, "kind" | "to" | "by">,
  { ledger, reason }: Signed,
  ports: DecisionPorts,
  afterwards = async () => {},
): Promise<Purchase> {
  return ledger.act(
    { action: ACTIONS[kind], about: [purchase.checkoutSessionId], reason },
    async () => {
      const wanted = { kind, by, reason: readReason(reason), ...(to && { to }) };
      const decided = await decide(purchase, wanted, ports);
      await afterwards();
      return decided;
    },
    () => ({ isDone: true, text: kind }),
  );
}

/** @throws ErasureRefused */
export function eraseSigned(
  userId: string,
  by: string,
  { ledger, reason }: Signed,
  ports: ErasurePorts,
): Promise<Erasure> {
  return ledger.act(
    { action: "erase", about: [digestOf(userId)], reason },
    () => erase(userId, { by, reason: readReason(reason) }, ports),
    ({ pseudonym }) => ({ isDone: true, text: pseudonym }),
  );
}
