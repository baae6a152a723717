/**
 * Purchases that this browser has begun and not seen end, so that the catalogue can lead back to them. Ids only: what
 * has become of a purchase is asked of the API each time.
 */
import type { Stage } from "#workflow/contract.ts";
import { getCheckoutStatus } from "./api.ts";
import { ApiError } from "./api-error.ts";

interface BegunPurchase {
  courseId: string;
  checkoutSessionId: string;
}

type UnfinishedStage = Exclude<Stage, "enrolled" | "expired" | "withdrawn" | "refunded">;

const ENDED: readonly Stage[] = ["enrolled", "expired", "withdrawn", "refunded"];
const isUnfinished = (stage: Stage): stage is UnfinishedStage => !ENDED.includes(stage);

export interface UnfinishedPurchase extends BegunPurchase {
  stage: UnfinishedStage;
}

const storageKey = (userId: string) => `bursar.purchases.${userId}`;

export function rememberPurchase(userId: string, purchase: BegunPurchase): void {
  store(userId, [...others(userId, purchase.courseId), purchase]);
}

export function forgetPurchase(userId: string, courseId: string): void {
  store(userId, others(userId, courseId));
}

/** Asks how far each has come, and forgets those that have ended. What cannot be asked now is left for next time. */
export async function loadUnfinishedPurchases(userId: string): Promise<UnfinishedPurchase[]> {
  const asked = await Promise.all(recall(userId).map((purchase) => askStage(userId, purchase)));
  return asked.filter((purchase) => purchase !== undefined);
}

/** The unfinished purchase of one course, if this browser knows of any. */
export async function loadUnfinishedPurchase(
  userId: string,
  courseId: string,
): Promise<UnfinishedPurchase | undefined> {
  const begun = recall(userId).find((purchase) => purchase.courseId === courseId);
  return begun && (await askStage(userId, begun));
}

async function askStage(userId: string, purchase: BegunPurchase): Promise<UnfinishedPurchase | undefined> {
  try {
    const { stage } = await getCheckoutStatus(purchase.checkoutSessionId);
    if (isUnfinished(stage)) return { ...purchase, stage };
    forgetPurchase(userId, purchase.courseId);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) forgetPurchase(userId, purchase.courseId);
  }
  return undefined;
}

const others = (userId: string, courseId: string) =>
  recall(userId).filter((purchase) => purchase.courseId !== courseId);

function recall(userId: string): BegunPurchase[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(userId)) ?? "[]");
    return Array.isArray(stored) ? (stored as BegunPurchase[]) : [];
  } catch {
    return [];
  }
}

function store(userId: string, purchases: BegunPurchase[]): void {
  try {
    localStorage.setItem(storageKey(userId), JSON.stringify(purchases));
  } catch {
    // Storage may be full or forbidden; the purchase itself does not depend on it.
  }
}
