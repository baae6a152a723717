/** The student's purchases that have not ended, on whichever device they were begun: pages lead back to them. */
import type { PurchaseSummary, Stage } from "#workflow/contract.ts";
import { listPurchases } from "./api.ts";

const ENDED = ["enrolled", "withdrawn", "refunded", "expired"] as const satisfies readonly Stage[];

export type UnfinishedStage = Exclude<Stage, (typeof ENDED)[number]>;

export const isUnfinished = (stage: Stage): stage is UnfinishedStage =>
  !(ENDED as readonly Stage[]).includes(stage);

export interface UnfinishedPurchase extends PurchaseSummary {
  stage: UnfinishedStage;
}

/** @returns newest first, one of each course; without forms that lead nowhere any more */
export async function loadUnfinishedPurchases(): Promise<UnfinishedPurchase[]> {
  const unfinished = (await listAllPurchases()).filter(
    (purchase): purchase is UnfinishedPurchase =>
      isUnfinished(purchase.stage) && purchase.canContinue !== false,
  );
  return unfinished.filter((purchase) => purchase === findCounting(unfinished, purchase.courseId));
}

export const loadUnfinishedPurchase = async (courseId: string): Promise<UnfinishedPurchase | undefined> =>
  (await loadUnfinishedPurchases()).find((purchase) => purchase.courseId === courseId);

/** Whoever has paid, however long ago, is not asked to pay again. */
async function listAllPurchases(after?: string): Promise<PurchaseSummary[]> {
  const { purchases, next } = await listPurchases(after);
  return next === undefined ? purchases : [...purchases, ...(await listAllPurchases(next))];
}

/** The newest; but whoever has paid is never led to a form, be it newer. */
function findCounting(newestFirst: UnfinishedPurchase[], courseId: string): UnfinishedPurchase | undefined {
  const ofCourse = newestFirst.filter((purchase) => purchase.courseId === courseId);
  return ofCourse.find(({ stage }) => stage !== "open") ?? ofCourse[0];
}
