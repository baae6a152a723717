/** The operators: redrive dead letters, close them and decide about purchases, by the shipped rules. */
import { groupByExecution, takeDeadLetters } from "#workflow/dead-letters/redrive.ts";
import { DecisionRefused, type WantedDecision } from "#workflow/decide/decide.ts";
import { loadPurchase } from "#workflow/decide/load-purchase.ts";
import type { Deployment, Ports } from "./deployment.ts";
import type { Process } from "./process.ts";
import type { Place } from "./purchase.ts";
import type { Log } from "./round.ts";
import type { Session } from "./stripe.ts";

const DAY = 24 * 60 * 60 * 1000;
const ROUNDS = [0.4 * DAY, 2 * DAY, 6 * DAY, 13 * DAY];
/** The shipped redrive looks twice a second; here far more seldom, which saves nothing but time. */
const LOOK_EVERY_MS = 10_000;

export async function operate(place: Place, log: Log): Promise<void> {
  const { deployment, random } = place;
  for (const at of ROUNDS) {
    await deployment.agenda.sleep(at * random.between(0.2, 0.6));
    await redriveLetters(deployment, log, () => random.chance(0.8));
    await decideWhatWaits(place);
  }
}

/** @param isWanted some are left for another day */
export async function redriveLetters(
  { agenda, parts, processes, portsFor }: Deployment,
  log: Log,
  isWanted: () => boolean,
): Promise<void> {
  const redrive = { from: agenda.now(), to: Infinity };
  log.redrives.push(redrive);
  await processes.start("operator", async (process) => {
    const ports = portsFor(process);
    const letters = await takeDeadLetters({}, ports.queue);
    const pause = () => process.pause(LOOK_EVERY_MS);
    const groups = groupByExecution(letters.filter(isWanted));
    await parts.redriveDeadLetters(groups, { ...ports, pause }, () => undefined);
  });
  // What it has started may still be under way.
  redrive.to = agenda.now();
}

/** Refunds and disputes that were noticed, and letters of what was paid twice. */
async function decideWhatWaits(place: Place): Promise<void> {
  const { deployment, random } = place;
  const waiting = deployment.table
    .allItems()
    .filter(({ GSI1PK, decision }) => GSI1PK === "PURCHASES_AWAITING_ATTENTION" && !decision);
  for (const { checkoutSessionId, refunded } of waiting) {
    const session = deployment.stripe.findSession(String(checkoutSessionId));
    if (!session || random.chance(0.5)) continue;
    if (!refunded && random.chance(0.5)) deployment.stripe.refund(session, 1);
    await decideAbout(session, place);
  }
}

/** @returns once it is decided, or refused, or the operator's process has ended */
export async function decideAbout(session: Session, { deployment, random, students }: Place): Promise<void> {
  const kind = random.pick<WantedDecision["kind"]>([
    "withdrawn",
    "withdrawn",
    "transferred",
    "waived",
    "closed",
  ]);
  const to = students[random.below(students.length)] ?? "nobody";
  const reason = "the student has asked for it";
  const decision: WantedDecision = {
    kind,
    reason,
    by: `operator-${random.below(3)}`,
    ...(kind === "transferred" && { to }),
  };
  await deployment.processes.start("operator", (process) => decideAs(session, decision, deployment, process));
}

/** Whoever comes after another's decision is told so, and that is all: a letter goes only with a decision to close it. */
export async function decideAs(
  session: Session,
  wanted: WantedDecision,
  { parts, portsFor }: Deployment,
  process: Process,
): Promise<void> {
  const ports: Ports = portsFor(process);
  const owner = session.metadata?.["userId"] ?? session.client_reference_id ?? undefined;
  const purchase = await loadPurchase(session.id, owner, ports);
  if (!purchase) return;
  try {
    await parts.decide(purchase, wanted, ports);
  } catch (error) {
    if (error instanceof DecisionRefused) return;
    throw error;
  }
  if (wanted.kind !== "closed") return;
  // Closing a letter decides, and then the letter goes.
  await ports.queue.deleteDeadLetters(await takeDeadLetters({ id: session.id }, ports.queue));
}
