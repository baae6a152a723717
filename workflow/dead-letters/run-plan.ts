/**
 * Runs a plan: begins a few of its items each second, sees how the others end, and closes the letters of what went through.
 * It can be killed at any moment. Whoever goes on looks at what was begun before doing it: how often an execution had been
 * redriven stands in the plan, another redrive for the same plan is the same redrive, and a fresh execution has the name
 * that the plan gave it.
 */
import { mapConcurrently } from "../map-concurrently.ts";
import type { StandingExecution } from "../ports/executions.ts";
import type { DeadLetterQueue } from "../ports/queues.ts";
import {
  type ClaimedPlan,
  type ClaimPlanPorts,
  heldFrom,
  PlanRefused,
  SAY_SO_EVERY_MS,
} from "./claim-plan.ts";
import { closeMended, type Mended } from "./close-mended.ts";
import { endItem, type ItemUnderWay } from "./end-item.ts";
import { countProgress, type PlanItem, type Progress } from "./plan.ts";
import { executionOf } from "./read.ts";
import { isUntouched, startItem } from "./start-item.ts";

export interface RunPlanPorts extends ClaimPlanPorts {
  queue: DeadLetterQueue;
  pause: (milliseconds: number) => Promise<void>;
  /** True once the process is to end: what is begun is left to whoever goes on. */
  isStopping?: () => boolean;
  /** What is different from before, in a sentence, of one that has failed again. */
  describeRepeat?: (executionName: string) => Promise<string | undefined>;
  /** @returns what stops it */
  repeat: (everyMs: number, work: () => Promise<void>) => () => void;
}

/** RedriveExecution may be asked for far more often; what each sets off in Lambda and at Stripe may not. */
const BEGUN_A_ROUND = 25;
const UNDER_WAY = 100;
const ROUND_MS = 1_000;
/** To find one letter all are read: so they are closed many at once. */
const CLOSED_AT_ONCE = 200;
const LONGEST_WAIT_MS = 10 * 60 * 1_000;

interface Run extends Pick<ClaimedPlan, "runner" | "reason"> {
  planId: string;
  items: PlanItem[];
  waiting: PlanItem[];
  underWay: Set<ItemUnderWay>;
  mended: Set<Mended>;
  /** Somebody else goes on with it. */
  isLost: boolean;
}

type Announce = (progress: Progress) => void;

/**
 * @returns the items as they have ended
 * @throws PlanRefused when somebody else has taken it meanwhile, LedgerAway, or the services' own errors: it can be gone on with
 */
export async function runPlan(
  { plan: { planId }, runner, reason }: ClaimedPlan,
  ports: RunPlanPorts,
  announce: Announce = () => {},
): Promise<PlanItem[]> {
  const items = await ports.plans.listItems(planId);
  const waiting = items.filter(({ state }) => state === "planned");
  const run: Run = {
    planId,
    runner,
    reason,
    items,
    waiting,
    underWay: new Set(),
    mended: new Set(),
    isLost: false,
  };
  const stop = ports.repeat(SAY_SO_EVERY_MS, () => hold(run, ports));
  let isOver = false;
  try {
    await ports.ledger.act(
      { action: "plan", about: [planId], reason },
      () => runItems(run, ports, announce),
      () => tell(items),
    );
    isOver = true;
  } finally {
    stop();
    await ports.plans.letGo(planId, runner, ports.now().toISOString(), isOver, countProgress(items));
  }
  return items;
}

function tell(items: PlanItem[]) {
  const { closed, failed, left } = countProgress(items);
  return { isDone: closed === items.length, text: `closed ${closed}, failed ${failed}, left ${left}` };
}

async function hold(run: Run, { plans, now }: RunPlanPorts): Promise<void> {
  const isHeld = await plans.holdPlan(run.planId, run.runner, heldFrom(now()), countProgress(run.items));
  run.isLost = !isHeld;
}

async function runItems(run: Run, ports: RunPlanPorts, announce: Announce): Promise<void> {
  const { waiting, underWay, mended } = run;
  const events = await readEvents(run.items, ports);
  await goOn(run, events, ports);
  for (;;) {
    const endsAt = ports.now().getTime() + ROUND_MS;
    const next = waiting.splice(0, Math.min(BEGUN_A_ROUND, UNDER_WAY - underWay.size));
    const standings = await findStandings([...underWay, ...next], ports);
    await mapConcurrently([...underWay], (item) => look(item, standings, run, ports));
    await mapConcurrently(next, (item) => begin(item, standings, events, run, ports));
    const isLast = waiting.length + underWay.size === 0;
    if (isLast || mended.size >= CLOSED_AT_ONCE) await closeMended(mended, run.planId, ports);
    announce(countProgress(run.items));
    if (isLast && mended.size === 0) return;
    await ports.pause(Math.max(endsAt - ports.now().getTime(), 0));
    if (ports.isStopping?.()) throw new PlanRefused(`The plan ${run.planId} was interrupted.`);
    if (run.isLost) throw new PlanRefused(`Somebody else goes on with the plan ${run.planId}.`);
  }
}

/** Events that were never started: whatever else there is to start with, Step Functions knows. */
async function readEvents(items: PlanItem[], { queue }: RunPlanPorts) {
  const isStarting = ({ planned, state }: PlanItem) =>
    planned === "start" && (state === "planned" || state === "begun");
  const letters = items.some(isStarting) ? await queue.peekDeadLetters() : [];
  return new Map(
    letters.flatMap((letter) => (letter.event ? [[executionOf(letter) ?? "", letter.event]] : [])),
  );
}

type Events = Awaited<ReturnType<typeof readEvents>>;
type Standings = Map<string, StandingExecution>;

const findStandings = (items: PlanItem[], { executions }: RunPlanPorts): Promise<Standings> =>
  executions.findStandings(items.flatMap(({ executionName }) => executionName ?? []));

/** What was begun by somebody who did not live to say whether it was done. */
async function goOn(run: Run, events: Events, ports: RunPlanPorts): Promise<void> {
  const begun = run.items.filter(({ state }) => state === "begun");
  const standings = await findStandings(begun, ports);
  await mapConcurrently(begun, async (item) => {
    const { executionName = "", entry } = item;
    if (!entry) return;
    const standing = standings.get(executionName);
    // A list may be older than what was done: what looks untouched is looked at more closely.
    const isDone = standing && !isAsPlanned(item, standing);
    const isDoneAfterAll = async () =>
      item.planned === "redrive" && !(await isUntouched(executionName, item, ports.executions));
    if (!isDone && !(await isDoneAfterAll())) await startItem(item, run.planId, events, ports);
    run.underWay.add(waitFor(item, entry, ports));
  });
}

const waitFor = (item: PlanItem, entry: ItemUnderWay["entry"], { now }: RunPlanPorts): ItemUnderWay =>
  Object.assign(item, { state: "begun" as const, entry, waitsUntil: now().getTime() + LONGEST_WAIT_MS });

/** It stands in the ledger before it is begun, and in the plan before it is done. */
async function begin(
  item: PlanItem,
  standings: Standings,
  events: Events,
  { planId, reason, underWay }: Run,
  ports: RunPlanPorts,
): Promise<void> {
  const { planned, number, checkoutSessionId, eventId, executionName, messageIds } = item;
  const ids = [planId, checkoutSessionId, eventId, executionName, ...messageIds];
  const about = [...new Set(ids.filter((id) => id !== undefined))];
  const action = planned === "close" || planned === "follow" ? "remove" : "redrive";
  const entry = await ports.ledger.begin({ action, about, reason });
  if (!(await ports.plans.beginItem(planId, number, entry)))
    return ports.ledger.end(entry, { isDone: false, text: "somebody else has begun it" });
  const standing = standings.get(executionName ?? "");
  if (standing?.status === "failed" && planned !== "start" && !isAsPlanned(item, standing)) {
    const told = `${standing.executionName}: has failed again since the plan was made`;
    return endItem(Object.assign(item, { entry }), { state: "failed", told }, planId, ports);
  }
  if (planned === "start" && !standing && !events.has(executionName ?? "")) {
    const told = "its letter, from which it would be started, is not to be read";
    return endItem(Object.assign(item, { entry }), { state: "left", told }, planId, ports);
  }
  if (!standing || standing.status === "failed") await startItem(item, planId, events, ports);
  underWay.add(waitFor(item, entry, ports));
  return undefined;
}

/** Nobody has done anything about it since the plan was made, or it is not to be seen yet. */
const isAsPlanned = (item: PlanItem, { status, executionName, redriveCount }: StandingExecution) =>
  status === "failed" && executionName === item.executionName && redriveCount === item.redriveCount;

async function look(
  item: ItemUnderWay,
  standings: Standings,
  { planId, underWay, mended }: Run,
  ports: RunPlanPorts,
): Promise<void> {
  const standing = standings.get(item.executionName ?? "");
  const { executionName = item.executionName, status } = standing ?? {};
  const isBound = item.planned === "start" || item.planned === "follow";
  const hasFailed = standing && status === "failed" && (isBound || !isAsPlanned(item, standing));
  if (standing && status === "succeeded")
    mended.add({ item, executionName: standing.executionName, missing: item.messageIds });
  else if (hasFailed)
    await endItem(item, { state: "failed", told: await tellFailure(executionName, ports) }, planId, ports);
  else if (ports.now().getTime() > item.waitsUntil)
    await endItem(item, { state: "left", told: `${executionName}: running` }, planId, ports);
  else return;
  underWay.delete(item);
}

/** That nothing could be found out about it is no reason not to say that it has failed. */
async function tellFailure(executionName = "", { describeRepeat }: RunPlanPorts): Promise<string> {
  const repeat = await describeRepeat?.(executionName).catch(() => undefined);
  return `${executionName}: failed${repeat ? `. ${repeat}` : ""}`;
}
