/** What the operator of a game day does, by the same rules as the commands. */
import type { DeadLetterPorts, DecisionPorts } from "#handlers/composition.ts";
import { awsClientConfig } from "#infra/one-machine/aws-connection.ts";
import { type DeadLetter, matchesFilter } from "#workflow/dead-letters/read.ts";
import { groupByExecution, redriveDeadLetters, takeDeadLetters } from "#workflow/dead-letters/redrive.ts";
import { decide, type WantedDecision } from "#workflow/decide/decide.ts";
import { loadPurchase } from "#workflow/decide/load-purchase.ts";
import {
  DEAD_LETTER_QUEUE_NAME,
  DEPLOYMENT_NAME,
  LIVE_ARN,
  queueUrl,
  STRIPE_SECRET_ID,
  TABLE_NAME,
} from "../names.ts";
import type { OwnStack } from "../own-stack.ts";
import { awsOf } from "../stack-options.ts";

/** For so long the sweep leaves alone what may be under way, and it goes to a whole second. */
const GRACE_MS = 5 * 60 * 1000 + 1000;

export type Operator = ReturnType<typeof createOperator>;

export function createOperator(stack: OwnStack) {
  const { awsUrl, stripeUrl } = stack;
  // Handlers read their environment when they are loaded, and the stack has set it by then.
  const load = () => import("#handlers/composition.ts");
  const settings = {
    EDUCATION_TABLE_NAME: TABLE_NAME,
    STATE_MACHINE_ARN: LIVE_ARN,
    STRIPE_SECRET_ID,
    DEPLOYMENT_NAME,
    STRIPE_API_BASE: stripeUrl,
  };
  let letters: Promise<DeadLetterPorts> | undefined;
  /** One reader, since two at once would each find what the other leaves. */
  const openLetters = () =>
    (letters ??= load().then(({ composeDeadLetters }) =>
      composeDeadLetters(
        { STATE_MACHINE_ARN: LIVE_ARN, DEAD_LETTER_QUEUE_URL: queueUrl(awsUrl, DEAD_LETTER_QUEUE_NAME) },
        awsClientConfig(awsOf(stack)),
      ),
    ));

  return {
    async findLetter(id: string): Promise<DeadLetter | undefined> {
      const { queue } = await openLetters();
      return (await queue.peekDeadLetters()).find((letter) => matchesFilter(letter, { id }));
    },

    /** `npm run dead-letters -- redrive <checkout session> --yes`. @returns how it ended, e.g. `succeeded` */
    async redrive(id: string): Promise<string> {
      const ports = await openLetters();
      const taken = await takeDeadLetters({ id }, ports.queue);
      const [redriven] = await redriveDeadLetters(groupByExecution(taken), ports, () => {});
      return redriven?.outcome ?? "without a dead letter";
    },

    /** Redrives all that are there, and removes those that do not go through. */
    async clearLetters(): Promise<void> {
      const ports = await openLetters();
      const taken = await takeDeadLetters({}, ports.queue);
      await redriveDeadLetters(groupByExecution(taken), ports, () => {});
      await ports.queue.deleteDeadLetters(await takeDeadLetters({}, ports.queue));
    },

    /** `npm run dead-letters -- close <checkout session> --because refunded --yes`. */
    async close(id: string, userId: string): Promise<void> {
      const { queue } = await openLetters();
      const taken = await takeDeadLetters({ id }, queue);
      await decideAs("closed", id, userId, (await load()).composeDecisions(settings));
      await queue.deleteDeadLetters(taken);
    },

    /** `npm run ops -- withdraw <checkout session> --because refunded --yes`, and `waive`. */
    decide: async (kind: WantedDecision["kind"], id: string, userId: string) =>
      decideAs(kind, id, userId, (await load()).composeDecisions(settings)),

    /** The sweep, as it will come once nothing is under way any more. */
    async sweepLater(): Promise<void> {
      const { createReconcile } = await import("#handlers/reconcile.ts");
      const ports = (await load()).composeReconcile(settings);
      await createReconcile({ ...ports, now: () => new Date(Date.now() + GRACE_MS) })();
    },
  };
}

async function decideAs(
  kind: WantedDecision["kind"],
  checkoutSessionId: string,
  userId: string,
  ports: DecisionPorts,
): Promise<void> {
  const purchase = await loadPurchase(checkoutSessionId, userId, ports);
  if (!purchase) throw new Error(`${checkoutSessionId} is not a purchase.`);
  await decide(purchase, { kind, reason: "refunded", by: "game day" }, ports);
}
