/** A student's purchases, and where the payment provider shows their receipts. */
import { Router } from "express";
import * as z from "zod/mini";
import { type ListPurchasesPorts, listPurchases } from "#workflow/checkout/list-purchases.ts";
import type { PurchasesAnswer, ReceiptAnswer } from "#workflow/contract.ts";
import { type LimitPorts, takeFromLimit } from "#workflow/limits.ts";
import type { PaymentProvider } from "#workflow/ports/payments.ts";
import type { PurchaseStore } from "#workflow/ports/stores.ts";
import { isPayer, type Purchase } from "#workflow/purchase.ts";
import { describeError } from "../error-facts.ts";
import { createLogger, reportUnreadable } from "../telemetry.ts";
import { CHECKOUT_SESSION_ID } from "./checkout-session-id.ts";
import { HttpError } from "./errors.ts";
import { onLimitsAway } from "./limits.ts";
import { createRecentCheckouts } from "./recent-checkouts.ts";
import { signedInStudent } from "./signed-in-student.ts";

const logger = createLogger("api");

type PurchaseRoutesPorts = Omit<ListPurchasesPorts, "onProviderAway"> & {
  purchases: Pick<PurchaseStore, "findPurchase">;
  payments: Pick<PaymentProvider, "findReceipt">;
} & Pick<LimitPorts, "limits">;

export function purchaseRoutes(ports: PurchaseRoutesPorts): Router {
  const router = Router();
  const listPorts = {
    ...ports,
    payments: createRecentCheckouts(ports.payments, ports.now),
    onProviderAway: (error: unknown) => logger.warn("listed without Stripe", describeError(error)),
  };

  router.get("/", async (request, response) => {
    const { userId } = signedInStudent(request, ports.now());
    const after = z
      .optional(z.string().check(z.regex(CHECKOUT_SESSION_ID)))
      .safeParse(request.query["after"]);
    const answer: PurchasesAnswer | undefined = after.success
      ? await listPurchases(userId, after.data, listPorts, reportUnreadable)
      : undefined;
    if (!answer) throw new HttpError(400, "invalid_request", "Send one of your purchases' ids as `after`.");
    response.json(answer);
  });

  router.get("/:checkoutSessionId/receipt", async (request, response) => {
    const { userId } = signedInStudent(request, ports.now());
    const { checkoutSessionId } = request.params;
    // Another student's purchase is as unknown as one that does not exist.
    const purchase = CHECKOUT_SESSION_ID.test(checkoutSessionId)
      ? await ports.purchases.findPurchase(userId, checkoutSessionId)
      : undefined;
    const isOwn = purchase?.userId === userId && isPayer(purchase);
    if (isOwn) await takeFromLimit(userId, "lookUps", { ...ports, onLimitsAway });
    const url = isOwn && (await ports.payments.findReceipt(checkoutSessionId));
    if (!url) throw new HttpError(404, "receipt_not_found", whyNone(isOwn ? purchase : undefined));
    const answer: ReceiptAnswer = { url };
    response.json(answer);
  });

  return router;
}

function whyNone(purchase: Purchase | undefined): string {
  return purchase?.settlement?.amountTotal === 0
    ? "Nothing was charged for this purchase, so there is no receipt."
    : "There is no receipt for this purchase among yours.";
}
