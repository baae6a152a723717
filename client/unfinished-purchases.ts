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

/** @returns newest first, one of each course */
export async function loadUnfinishedPurchases(): Promise<UnfinishedPurchase[]> {
  const unfinished = (await listPurchases()).filter((purchase): purchase is UnfinishedPurchase =>
    isUnfinished(purchase.stage),
  );
  return unfinished.filter((purchase) => purchase === findCounting(unfinished, purchase.courseId));
}

export const loadUnfinishedPurchase = async (courseId: string): Promise<UnfinishedPurchase | undefined> =>
  (await loadUnfinishedPurchases()).find((purchase) => purchase.courseId === courseId);

/** The newest; but whoever has paid is never led to a form, be it newer. */
function findCounting(newestFirst: UnfinishedPurchase[], courseId: string): UnfinishedPurchase | undefined {
  const ofCourse = newestFirst.filter((purchase) => purchase.courseId === courseId);
  return ofCourse.find(({ stage }) => stage !== "open") ?? ofCourse[0];
}
