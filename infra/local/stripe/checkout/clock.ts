/** What happens to checkout sessions by the passing of time alone. */

import type { Write } from "../../storage/database.ts";
import type { State } from "../state.ts";
import { type Change, type CheckoutRecord, idOf } from "../store/records.ts";
import type { ClockTask } from "./clock-task.ts";
import { settleDebit } from "./payment-steps.ts";

export async function runClockTask(task: ClockTask, done: Write, state: State): Promise<void> {
  if (task.kind === "forget") return state.save({ writes: [done, { type: "del", key: task.key }] });

  await state.exclusively(task.checkoutSessionId, async () => {
    const record = await state.records.checkouts.find(task.checkoutSessionId);
    const change = record && (await turn(task, record, state));
    await state.save({ ...change, writes: [done] });
  });
}

async function turn(task: Exclude<ClockTask, { kind: "forget" }>, record: CheckoutRecord, state: State) {
  if (task.kind === "expire")
    return record.session.status === "open" ? expireSession(record).change : undefined;

  const intent = await state.records.paymentIntents.find(idOf(record.session.payment_intent) ?? "");
  const charge = await state.records.charges.find(idOf(intent?.latest_charge) ?? "");
  return intent && charge ? settleDebit(record, intent, charge, task.settlement, state.origin) : undefined;
}

/** The session can no longer be paid. */
export function expireSession(record: CheckoutRecord): { expired: CheckoutRecord; change: Change } {
  const expired: CheckoutRecord = { ...record, session: { ...record.session, status: "expired" } };
  return {
    expired,
    change: { checkouts: [expired], events: [["checkout.session.expired", expired.session]] },
  };
}
