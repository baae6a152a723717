/** What the ledger has of an act: a row that was written before it, and one after it. */
import * as z from "zod/mini";
import { ACTIONS } from "./actions.ts";

/** Written before anything is done, so that a crash half-way shows. */
export const intentSchema = z.object({
  id: z.string(),
  /** When it was begun. */
  at: z.iso.datetime(),
  action: z.enum(ACTIONS),
  /** Ids of the checkout session, execution, event or letter, or the name of what was switched. */
  about: z.array(z.string()),
  reason: z.string(),
  /** The caller's ARN on AWS, the machine's user on one machine. */
  by: z.string(),
  via: z.enum(["command", "console"]),
});

export const outcomeSchema = z.object({
  id: z.string(),
  /** That of the intent, beside which it stands. */
  begunAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  isDone: z.boolean(),
  text: z.string(),
});

export type Intent = z.infer<typeof intentSchema>;
export type Outcome = z.infer<typeof outcomeSchema>;

/** Without an outcome: it is under way, or whoever did it did not live to say how it ended. */
export interface LedgerEntry extends Intent {
  outcome?: Pick<Outcome, "endedAt" | "isDone" | "text"> | undefined;
}

/** Why something cannot stand as the reason of an act; a sentence for the person who gave it. */
export class ReasonRefused extends Error {
  override name = "ReasonRefused";
}

const LONGEST = 500;

/**
 * @returns the reason as it is to stand
 * @throws ReasonRefused of one that says nothing, or that names a person: the ledger is not erased
 */
export function readReason(text: string | undefined): string {
  const reason = (text ?? "").trim();
  if (!reason) throw new ReasonRefused("Say why: it stands in the ledger, for those who come after.");
  if (reason.length > LONGEST) throw new ReasonRefused(`A reason has ${LONGEST} characters at most.`);
  if (/\S@\S/.test(reason))
    throw new ReasonRefused("The ledger is never erased: give a reason without an e-mail address.");
  return reason;
}
