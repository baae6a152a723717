/** What is done about a purchase by one button, as the command that is advised does it. */
import type { DeadLetterPorts, DecisionPorts } from "#handlers/composition.ts";
import { takeDeadLetters } from "#workflow/dead-letters/redrive.ts";
import { loadPurchase } from "#workflow/decide/load-purchase.ts";
import type { Told } from "#workflow/ledger/keep-ledger.ts";
import type { Purchase } from "#workflow/purchase.ts";
import { reconcile } from "#workflow/reconcile/find-drift.ts";
import type { SweepPorts } from "#workflow/reconcile/sweep.ts";
import type { AdvisedAct } from "../dossier/dossier.ts";
import { findDossier } from "../dossier/find-dossier.ts";
import type { DossierSources } from "../dossier/sources.ts";
import { findRepeat } from "../records/find-repeat.ts";
import { decideSigned } from "./decide.ts";
import { redriveExecution, repairSigned } from "./executions.ts";
import { closeLetter, redriveMatching, tellRedriven, tellStarted } from "./letters.ts";
import type { Signed } from "./open-ledger.ts";

export interface PurchasePorts {
  sources: DossierSources;
  decisions: DecisionPorts;
  sweep: SweepPorts;
  letters: DeadLetterPorts;
}

/**
 * @returns what came of it, in a few words
 * @throws DecisionRefused, or Error when the purchase is not known
 */
export function actOnPurchase(
  { action, id }: Pick<AdvisedAct, "action" | "id">,
  signed: Signed,
  ports: PurchasePorts,
): Promise<Told> {
  switch (action) {
    case "redrive":
      return redrive(id, signed, ports);
    case "repair":
      return repair(id, signed, ports);
    case "withdraw":
      return decide(id, "withdrawn", signed, ports);
    case "waive":
      return decide(id, "waived", signed, ports);
    case "close":
      return close(id, signed, ports);
  }
}

/** By its letters; an execution that was stopped has none. */
async function redrive(id: string, signed: Signed, { letters, sources }: PurchasePorts): Promise<Told> {
  const describeRepeat = (executionName: string) => findRepeat(executionName, sources.executions);
  const redriven = await redriveMatching({ id }, signed, letters, () => {}, describeRepeat);
  if (redriven.length === 0) return tellStarted(await redriveExecution(id, signed, letters.executions));
  return {
    isDone: redriven.every(({ outcome }) => outcome === "succeeded"),
    text: redriven.map((one) => tellRedriven({ executionName: id, ...one }).text).join(", "),
  };
}

/** Of one purchase, since it was opened. */
async function repair(id: string, signed: Signed, { sources, sweep }: PurchasePorts): Promise<Told> {
  const session = await sources.stripe.findSession(id);
  if (!session) throw new Error(`${id} is not known at Stripe.`);
  const found = await reconcile({ since: new Date(session.createdAt), until: new Date() }, sweep);
  const drift = found.drift.filter(({ checkoutSessionId }) => checkoutSessionId === id);
  const outcomes: string[] = [];
  for (const one of drift) outcomes.push(await repairSigned(one, signed, sweep));
  return {
    isDone: outcomes.some((outcome) => outcome !== "left"),
    text: outcomes.join(", ") || "Nothing of it differs any more.",
  };
}

async function decide(
  id: string,
  kind: "withdrawn" | "waived",
  signed: Signed,
  ports: PurchasePorts,
): Promise<Told> {
  const by = await signed.ledger.findCaller();
  await decideSigned(await load(id, ports), { kind, by }, signed, ports.decisions);
  return { isDone: true, text: kind };
}

async function close(id: string, signed: Signed, ports: PurchasePorts): Promise<Told> {
  const { letters, decisions } = ports;
  const [purchase, by] = await Promise.all([load(id, ports), signed.ledger.findCaller()]);
  const taken = await takeDeadLetters({ id }, letters.queue);
  try {
    for (const letter of taken)
      await closeLetter(letter, purchase, by, signed, { queue: letters.queue, decisions });
  } catch (error) {
    await letters.queue.releaseDeadLetters(taken);
    throw error;
  }
  if (taken.length === 0) await decideSigned(purchase, { kind: "closed", by }, signed, decisions);
  return { isDone: true, text: "closed" };
}

async function load(id: string, { sources, decisions }: PurchasePorts): Promise<Purchase> {
  const [found] = (await findDossier(id, sources))?.purchases ?? [];
  const purchase = found && (await loadPurchase(found.checkoutSessionId, found.userId, decisions));
  if (!purchase) throw new Error(`${id} is not a checkout session of this deployment.`);
  return purchase;
}
