/** Stripe's API: every request below `/v1`. */
import express, { Router } from "express";
import type Stripe from "stripe";
import { invalidRequest } from "../errors.ts";
import type { State } from "../state.ts";
import { authenticate } from "./authenticate.ts";
import { chargeRoutes } from "./charges.ts";
import { checkoutSessionRoutes } from "./checkout-sessions.ts";
import { couponRoutes } from "./coupons.ts";
import { customerRoutes } from "./customers.ts";
import { disputeRoutes } from "./disputes.ts";
import { reads } from "./endpoint.ts";
import { eventRoutes } from "./events.ts";
import { invoiceRoutes } from "./invoices.ts";
import { misbehave } from "./misbehave.ts";
import { paymentIntentRoutes } from "./payment-intents.ts";
import { priceRoutes } from "./prices.ts";
import { productRoutes } from "./products.ts";
import { promotionCodeRoutes } from "./promotion-codes.ts";
import { refundRoutes } from "./refunds.ts";

export function apiRoutes(state: State, secretKey: string): Router {
  const router = Router();
  router.use(authenticate(secretKey), misbehave(state.knobs), express.urlencoded({ extended: true }));
  router.use("/checkout/sessions", checkoutSessionRoutes(state));
  router.use("/customers", customerRoutes(state));
  router.use("/payment_intents", paymentIntentRoutes(state));
  router.use("/charges", chargeRoutes(state));
  router.use("/refunds", refundRoutes(state));
  router.use("/disputes", disputeRoutes(state));
  router.use("/events", eventRoutes(state));
  router.use("/products", productRoutes(state));
  router.use("/prices", priceRoutes(state));
  router.use("/coupons", couponRoutes(state));
  router.use("/promotion_codes", promotionCodeRoutes(state));
  router.use("/invoices", invoiceRoutes(state));
  router.get(
    "/balance",
    reads("retrieve", async () => BALANCE),
  );
  router.use((request) => {
    throw invalidRequest(
      `Unrecognized request URL (${request.method}: ${request.originalUrl}). Stripe's stand-in does not do it.`,
      { status: 404 },
    );
  });
  return router;
}

const BALANCE: Stripe.Balance = { object: "balance", available: [], livemode: false, pending: [] };
