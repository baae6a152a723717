/** Why a person cannot be erased yet: as long as money is on its way, somebody must be able to say whose it is. */
import type { PaymentProvider } from "../ports/payments.ts";
import type { Person } from "../ports/personal-data.ts";
import type { DeadLetterQueue } from "../ports/queues.ts";
import { awaitsDecision, isBarred, isNotOwed, type Purchase } from "../purchase.ts";

export interface ObstaclePorts {
  payments: Pick<PaymentProvider, "findCheckout">;
  letters: Pick<DeadLetterQueue, "peekDeadLetters">;
}

/** @returns a sentence for each, with what to do first */
export async function findObstacles(person: Person, { payments, letters }: ObstaclePorts): Promise<string[]> {
  const ofPurchases = person.purchases.flatMap((purchase) => obstacleOf(purchase, person) ?? []);
  const ofForms = await Promise.all(
    unsettledSessions(person).map(async (id) => {
      const session = await payments.findCheckout(id);
      const isUnderWay = session?.status === "complete" && !session.paymentFailed;
      return isUnderWay ? [`${id} is being paid: wait until it is settled or refused.`] : [];
    }),
  );
  const sessions = new Set(person.purchases.map(({ checkoutSessionId }) => checkoutSessionId));
  const ofLetters = (await letters.peekDeadLetters())
    .filter(
      ({ userId, checkoutSessionId = "" }) => userId === person.userId || sessions.has(checkoutSessionId),
    )
    .map(
      ({ messageId, checkoutSessionId = messageId, error }) =>
        `A dead letter tells of ${checkoutSessionId} (${error}): npm run dead-letters -- redrive ${checkoutSessionId}, or close.`,
    );
  return [...ofPurchases, ...ofForms.flat(), ...ofLetters];
}

function obstacleOf(purchase: Purchase, { enrollments }: Person): string | undefined {
  const { checkoutSessionId: id, settlement } = purchase;
  const isEnrolled = enrollments.some(({ stripeSessionId }) => stripeSessionId === id);
  if (awaitsDecision(purchase) || (purchase.failing && !purchase.decision))
    return `${id} waits for a person: npm run find -- ${id}.`;
  if (purchase.decision?.kind !== "erased" && isBarred(purchase) && isEnrolled)
    return `What was decided about ${id} is not carried out yet: npm run reconcile -- --repair --because <reason>.`;
  if (settlement && !isEnrolled && !isNotOwed(purchase))
    return `${id} is paid and not enrolled yet: npm run find -- ${id}.`;
  return undefined;
}

/** Of which only the payment provider knows how they stand. */
export function unsettledSessions({ purchases, openCheckouts }: Person): string[] {
  const settled = new Set(
    purchases.flatMap(({ settlement, checkoutSessionId }) => (settlement ? [checkoutSessionId] : [])),
  );
  const open = [
    ...purchases.filter(({ closedAt }) => !closedAt).map(({ checkoutSessionId }) => checkoutSessionId),
    ...openCheckouts.flatMap(({ checkoutSessionId, closedAt }) =>
      closedAt ? [] : (checkoutSessionId ?? []),
    ),
  ];
  return [...new Set(open)].filter((id) => !settled.has(id));
}
