/** A definition that fails every purchase goes live for one in ten: the alarm takes it back, and nobody is left behind. */
import { SFNClient } from "@aws-sdk/client-sfn";
import { RELEASE_ALARM, RELEASE_WAYS } from "#infra/deployment/releases.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { evaluateAlarm } from "#infra/operate/alarms/evaluate-alarm.ts";
import {
  type Live,
  type ReleaseOutcome,
  readLive,
  releaseGradually,
  takeBack,
} from "../release-gradually.ts";
import { awsOf } from "../stack-options.ts";
import type { StudentSession } from "../student-session.ts";
import { type Drill, TIMES_FASTER } from "./game-day.ts";
import { COURSE_ID, type Tools } from "./tools.ts";
import { DidNotHappen, waitFor } from "./wait-for.ts";

const PATIENCE_MS = 60_000;
const RELEASE_PATIENCE_MS = 120_000;
const BUYERS_AT_ONCE = 5;
/** By then one of ten has been among them, but for once in a thousand million game days. */
const MOST_BUYERS = 200;
const LOOK_EVERY_MS = 100;

interface Purchase {
  student: StudentSession;
  checkoutSessionId: string;
}

export function createReleaseDrill({ stack, operator, ...tools }: Tools): Drill {
  let end: { before?: Live; outcome?: ReleaseOutcome | "broken off" } = {};
  let purchases: Purchase[] = [];

  const isAlarming = () =>
    evaluateAlarm(RELEASE_ALARM, stack.measured, Date.now(), TIMES_FASTER).state === "ALARM";

  const openSfn = () => new SFNClient(awsClientConfig(awsOf(stack)));

  /** As `npm run deploy` would, had somebody accepted what the replay says of it. */
  async function releaseBadDefinition(
    sfn: SFNClient,
    before: Live,
    signal: AbortSignal,
  ): Promise<ReleaseOutcome> {
    const definition = withoutEvent(before.definition);
    const way = RELEASE_WAYS.canary;
    return releaseGradually({ sfn, definition, way, isAlarming, lookEveryMs: LOOK_EVERY_MS, signal });
  }

  async function buyMore(): Promise<void> {
    const buyers = Array.from({ length: BUYERS_AT_ONCE }, async (_, index) => {
      const student = await tools.newStudent(`canary-${purchases.length + index}`);
      return { student, checkoutSessionId: await tools.buy(student) };
    });
    purchases = [...purchases, ...(await Promise.all(buyers))];
  }

  /** @returns whether a person had to do something */
  async function follow({ student, checkoutSessionId: id }: Purchase): Promise<boolean> {
    const letter = await waitFor("an enrollment or a letter", PATIENCE_MS, async () => {
      const { enrollment } = await student.checkEnrollment(COURSE_ID);
      return enrollment ? "none" : await operator.findLetter(id);
    });
    if (letter === "none") return false;
    const redriven = await operator.redrive(id);
    if (redriven !== "succeeded") throw new DidNotHappen(`the redrive ended ${redriven}`);
    await tools.waitForEnrollment(student, id, PATIENCE_MS);
    return true;
  }

  return {
    name: "bad-release",
    breaks: "A definition by which every purchase fails goes live for one purchase in ten",
    alarms: ["ExecutionsFailed", "NewDeadLetters"],
    async breakIt() {
      const current: typeof end = {};
      [end, purchases] = [current, []];
      await waitFor("the last failure to be over", PATIENCE_MS, async () => !isAlarming() || undefined);
      const sfn = openSfn();
      current.before = await readLive(sfn);
      const noMore = new AbortController();
      const signal = AbortSignal.any([AbortSignal.timeout(RELEASE_PATIENCE_MS), noMore.signal]);
      const release = releaseBadDefinition(sfn, current.before, signal).then(
        (outcome) => Object.assign(current, { outcome }),
        () => Object.assign(current, { outcome: "broken off" }),
      );
      try {
        while (!current.outcome && purchases.length < MOST_BUYERS) await buyMore();
      } catch (error) {
        noMore.abort();
        throw error;
      } finally {
        await release;
      }
    },
    async mendIt() {
      const { before, outcome } = end;
      if (outcome !== "taken back") {
        if (before) await takeBack(openSfn(), before);
        throw new DidNotHappen(`the bad definition is ${outcome}`);
      }
      let redriven = 0;
      // One after the other: one reader of the letters.
      for (const purchase of purchases) if (await follow(purchase)) redriven += 1;
      return `taken back; ${purchases.length} paid, ${redriven} redriven, all enrolled`;
    },
  };
}

/** A step that is given nothing to go by fails at once, and leaves a letter. */
const withoutEvent = (definition: string) => definition.replace(/"event\.\$"/, '"purchase.$"');
