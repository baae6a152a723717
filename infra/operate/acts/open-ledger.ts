/** Opens the ledger for whoever sits here: the caller that AWS knows, or the machine's user on one machine. */
import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import type { AwsPlace } from "#handlers/adapters/aws-client.ts";
import { createLedgerStore } from "#handlers/adapters/dynamodb/ledger.ts";
import { openTablePatiently } from "#handlers/adapters/dynamodb/table.ts";
import { findCallerArn } from "#handlers/adapters/sts/caller.ts";
import { isOnThisMachine } from "#infra/one-machine/aws-connection.ts";
import { keepLedger, type Ledger, type LedgerPorts } from "#workflow/ledger/keep-ledger.ts";
import type { LedgerStore } from "#workflow/ports/ledger.ts";

/** What every act takes. */
export interface Signed {
  ledger: Ledger;
  reason: string | undefined;
}

interface OpenedLedger {
  ledger: Ledger;
  store: LedgerStore;
}

/**
 * @param endpointUrl where AWS is; undefined: at AWS
 * @param aws the same for clients that are not told by their environment
 * @param askWho who sits here, where that is known otherwise
 */
export function openLedger(
  tableName: string,
  via: LedgerPorts["via"],
  endpointUrl: string | undefined,
  aws: AwsPlace = {},
  askWho = async () => (isOnThisMachine(endpointUrl) ? userInfo().username : findCallerArn(aws)),
): OpenedLedger {
  const store = createLedgerStore(openTablePatiently(tableName, aws));
  let caller: Promise<string> | undefined;
  return {
    store,
    ledger: keepLedger({
      store,
      via,
      // Asked when somebody acts: who only looks needs no answer. One that failed is asked again.
      findCaller: () => {
        caller ??= askWho();
        caller.catch(() => (caller = undefined));
        return caller;
      },
      newId: () => randomUUID().slice(0, 8),
      now: () => new Date(),
    }),
  };
}
