/** The bank that takes its time for a debit decides now. */
import { CLOCK, type ClockTask } from "../checkout/clock-task.ts";
import { invalidRequest } from "../errors.ts";
import type { State } from "../state.ts";
import { listTasks, schedule } from "../store/agenda.ts";

/** @throws StripeApiError when no bank is at work on that checkout session */
export async function decideDebit(checkoutSessionId: string, { database }: State): Promise<void> {
  for await (const [key, task] of listTasks<ClockTask>(CLOCK, database)) {
    if (task.kind !== "settle" || task.checkoutSessionId !== checkoutSessionId) continue;
    return database.batch([{ type: "del", key }, schedule(CLOCK, Date.now(), task)]);
  }
  throw invalidRequest(`No debit of ${checkoutSessionId} waits for a bank.`);
}
