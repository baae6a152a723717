/** `/api/find`: the dossier from any id, and what is done about its purchases. */
import type { Router } from "express";
import * as z from "zod";
import type { Ledger } from "#workflow/ledger/keep-ledger.ts";
import { actOnPurchase, type PurchasePorts } from "../acts/purchases.ts";
import { findDossier } from "../dossier/find-dossier.ts";
import type { Acted, Found } from "./contract.ts";
import { readAs, sign } from "./refusal.ts";

export interface PurchaseParts {
  /** @throws Error naming what the deployment lacks */
  openPurchases: () => Promise<PurchasePorts>;
  /** Told when letters may have gone. */
  forgetLetters: () => void;
  ledger: Ledger;
}

const idSchema = z.string().trim().min(1).max(255);
const actSchema = z.object({
  action: z.enum(["redrive", "repair", "withdraw", "waive", "close"]),
  id: idSchema,
});

export function addPurchaseRoutes(
  router: Router,
  { openPurchases, forgetLetters, ledger }: PurchaseParts,
): void {
  router.get("/find", async (request, response) => {
    const { id } = readAs(z.object({ id: idSchema }), request.query);
    const { sources } = await openPurchases();
    response.json({ dossier: await findDossier(id, sources) } satisfies Found);
  });

  router.post("/acts", async (request, response) => {
    const act = readAs(actSchema, request.body);
    const signed = sign(ledger, request.body);
    const told = await actOnPurchase(act, signed, await openPurchases());
    forgetLetters();
    response.json(told satisfies Acted);
  });
}
