/** Purchases in the table, and the index of those that wait for a person. */

import type { PurchaseRecords, PurchaseStore, SettledIds } from "#workflow/ports/stores.ts";
import { type Purchase, type PurchaseKey, purchaseSchema } from "#workflow/purchase.ts";
import { findErasure } from "./erasures.ts";
import { readItem, readItems } from "./read-item.ts";
import { readSettledCheckout } from "./settled-checkouts.ts";
import { getItem, keys, putItemIf, queryAll, queryEach, type Table, updateItemIf } from "./table.ts";

/** What GSI1 lists of purchases, and nothing of those that need nobody. */
const AWAITING_ATTENTION = "PURCHASES_AWAITING_ATTENTION";

/** Neither money that went back, nor a decision that was made since and is to be carried out. */
const NOTHING_TO_DECIDE =
  "attribute_exists(PK) AND attribute_not_exists(decision) AND attribute_not_exists(refunded) AND attribute_not_exists(disputed)";

const keyOf = ({ userId, checkoutSessionId }: PurchaseKey) => keys.purchase(userId, checkoutSessionId);
/** What a purchase that was not opened here is made with; one that was keeps the course that was agreed. */
const idsOf = ({ userId, courseId, checkoutSessionId }: SettledIds) => ({
  userId,
  courseId,
  checkoutSessionId,
});
/** With what a later one is compared with. */
const ofRefund = (refunded: NonNullable<Purchase["refunded"]>) => ({
  refunded,
  refundedAmount: refunded.amount,
});
const ofDispute = (disputed: NonNullable<Purchase["disputed"]>) => ({ disputed, disputedAt: disputed.at });
const attentionSince = (at: string) => ({ GSI1PK: AWAITING_ATTENTION, GSI1SK: at });

/** Whoever only looks keeps nothing of what is seen meanwhile. */
const NOTING_NOTHING: Pick<
  PurchaseStore,
  "noteSettlement" | "openPurchase" | "noteFailure" | "clearAttention"
> = {
  noteSettlement: async (ids, settlement, settledSeenAt) => ({ ...ids, settlement, settledSeenAt }),
  openPurchase: async () => {},
  noteFailure: async () => {},
  clearAttention: async () => {},
};

export const createPurchaseStore = (table: Table): PurchaseStore & PurchaseRecords => ({
  ...createWritingStore(table),
  ...(table.isOnlyRead && NOTING_NOTHING),
});

function createWritingStore(table: Table): PurchaseStore & PurchaseRecords {
  async function findPurchase(userId: string, checkoutSessionId: string): Promise<Purchase | undefined> {
    const item = await getItem(table, keys.purchase(userId, checkoutSessionId));
    if (item) return readItem(purchaseSchema, item);
    const settled = await readSettledCheckout(table, userId, checkoutSessionId);
    if (!settled) return findErased(userId, checkoutSessionId);
    if (table.isOnlyRead) return settled;
    await putItemIf(
      table,
      { ...keyOf(settled), ...settled },
      { ConditionExpression: "attribute_not_exists(PK)" },
    );
    return settled;
  }

  async function findErased(userId: string, checkoutSessionId: string): Promise<Purchase | undefined> {
    const erasure = await findErasure(table, userId);
    const item = erasure && (await getItem(table, keys.purchase(erasure.pseudonym, checkoutSessionId)));
    return item ? readItem(purchaseSchema, item) : undefined;
  }

  return {
    findPurchase,

    async listPurchases(userId, report) {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :student AND begins_with(SK, :purchases)",
        ExpressionAttributeValues: { ":student": `USER#${userId}`, ":purchases": "PURCHASE#" },
        ConsistentRead: true,
      });
      return readItems(purchaseSchema, items, report).toSorted((one, other) =>
        (other.openedAt ?? "").localeCompare(one.openedAt ?? ""),
      );
    },

    async *listPurchasesAwaitingAttention(report) {
      const items = queryEach(table, {
        IndexName: "GSI1",
        KeyConditionExpression: "GSI1PK = :awaiting",
        ExpressionAttributeValues: { ":awaiting": AWAITING_ATTENTION },
      });
      for await (const item of items) yield* readItems(purchaseSchema, [item], report);
    },

    async openPurchase(purchase) {
      // Also one that was moved to another student: what is older than its news stays old.
      const { refunded, disputed } = purchase;
      const known = { ...(refunded && ofRefund(refunded)), ...(disputed && ofDispute(disputed)) };
      const item = { ...keyOf(purchase), ...purchase, ...known };
      await putItemIf(table, item, { ConditionExpression: "attribute_not_exists(PK)" });
    },

    async closePurchase(key, at) {
      await updateItemIf(table, keyOf(key), { set: { closedAt: at } }, "attribute_exists(PK)");
    },

    async noteSettlement(ids, settlement, at) {
      const seen = { settlement, settledSeenAt: at };
      const change = { set: seen, setOnce: idsOf(ids) };
      await updateItemIf(table, keyOf(ids), change, "attribute_not_exists(settlement)");
      return (await findPurchase(ids.userId, ids.checkoutSessionId)) ?? { ...idsOf(ids), ...seen };
    },

    claimFollowUp(purchase, at) {
      const { followedUpAt } = purchase;
      return followedUpAt
        ? updateItemIf(table, keyOf(purchase), { set: { followedUpAt: at } }, "followedUpAt = :previous", {
            ":previous": followedUpAt,
          })
        : updateItemIf(
            table,
            keyOf(purchase),
            { set: { followedUpAt: at } },
            "attribute_not_exists(followedUpAt)",
          );
    },

    async noteFailure(ids, settlement, { executionName, isFinal }, at) {
      const change = {
        set: {
          ...(isFinal ? { needsAttention: executionName } : { failing: executionName }),
          ...attentionSince(at),
        },
        setOnce: { ...idsOf(ids), settlement, settledSeenAt: at },
      };
      await updateItemIf(table, keyOf(ids), change, "attribute_not_exists(decision)");
    },

    noteDoublePayment: (ids, doublePaymentSeenAt) =>
      updateItemIf(
        table,
        keyOf(ids),
        { set: { doublePaymentSeenAt }, setOnce: idsOf(ids) },
        "attribute_not_exists(doublePaymentSeenAt)",
      ),

    async clearAttention(purchase) {
      const mended = ["needsAttention", "failing"];
      const everything = { remove: [...mended, "GSI1PK", "GSI1SK"] };
      const waitsForNobody = purchase.decision ? "attribute_exists(decision)" : NOTHING_TO_DECIDE;
      if (await updateItemIf(table, keyOf(purchase), everything, waitsForNobody)) return;
      await updateItemIf(table, keyOf(purchase), { remove: mended }, "attribute_exists(PK)");
    },

    noteRefund: (ids, refunded) =>
      noteOnce(ids, ofRefund(refunded), refunded.at, {
        unless: "refundedAmount",
        isBelow: refunded.amount,
      }),

    noteDispute: (ids, disputed) =>
      noteOnce(ids, ofDispute(disputed), disputed.at, {
        unless: "disputedAt",
        isBelow: disputed.at,
      }),

    decide: (key, decision) =>
      updateItemIf(
        table,
        keyOf(key),
        // Until it is carried out.
        { set: { decision, ...attentionSince(decision.at) } },
        "attribute_exists(PK) AND attribute_not_exists(decision)",
      ),
  };

  /** What a person has decided about already asks for nobody any more. */
  async function noteOnce(
    ids: SettledIds,
    news: Record<string, unknown>,
    at: string,
    { unless, isBelow }: { unless: string; isBelow: string | number },
  ): Promise<boolean> {
    const note = (change: object, decided: string) =>
      updateItemIf(
        table,
        keyOf(ids),
        { set: { ...news, ...change }, setOnce: idsOf(ids) },
        `${decided} AND attribute_not_exists(${unless}) OR ${decided} AND ${unless} < :news`,
        { ":news": isBelow },
      );
    const isUndecided = await note(attentionSince(at), "attribute_not_exists(decision)");
    if (!isUndecided) await note({}, "attribute_exists(decision)");
    return isUndecided;
  }
}
