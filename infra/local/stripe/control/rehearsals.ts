/** What people and banks do at Stripe and a deployment only hears of: refunds, disputes, debits, deletions, sales of others. */
import { Router } from "express";
import * as z from "zod";
import { decideDebit } from "../after-payment/decide-debit.ts";
import { closeDispute, openDispute } from "../after-payment/dispute.ts";
import { findCharge, findChargeOfCheckout } from "../after-payment/find-charge.ts";
import { refundOnce } from "../after-payment/refund.ts";
import { updatePrice, updateProduct } from "../checkout/catalog.ts";
import { foreignSaleSchema, sellElsewhere } from "../checkout/foreign-sale.ts";
import { deleteCustomer, findLiveCustomer, presentCustomer } from "../customer.ts";
import { resourceMissing } from "../errors.ts";
import { findRecord } from "../find-record.ts";
import type { State } from "../state.ts";
import { readBody } from "./read-body.ts";

const refundSchema = z.strictObject({ amount: z.int().positive().optional() });
const disputeSchema = z.strictObject({ reason: z.string().optional() });
const closeSchema = z.strictObject({ outcome: z.enum(["won", "lost"]) });
const archiveSchema = z.strictObject({ active: z.boolean() });

export function rehearsals(state: State): Router {
  const { records } = state;
  const router = Router();

  router.post("/checkouts/:id/refund", async (request, response) => {
    const charge = await findChargeOfCheckout(request.params.id, records);
    const refund = await refundOnce(charge, readBody(refundSchema, request), state, async (made, change) => {
      await state.save(change);
      return made;
    });
    response.status(201).json(refund);
  });

  router.post("/checkouts/:id/dispute", async (request, response) => {
    const { reason = "fraudulent" } = readBody(disputeSchema, request);
    const { id } = await findChargeOfCheckout(request.params.id, records);
    const dispute = await state.exclusively(id, async () => {
      const opened = openDispute(await findCharge({ charge: id }, records), reason);
      await state.save(opened.change);
      return opened.dispute;
    });
    response.status(201).json(dispute);
  });

  router.post("/checkouts/:id/debit", async (request, response) => {
    await decideDebit(request.params.id, state);
    response.json({});
  });

  router.post("/disputes/:id/close", async (request, response) => {
    const { outcome } = readBody(closeSchema, request);
    const { id } = request.params;
    const dispute = await state.exclusively(id, async () => {
      const closed = closeDispute(await findRecord("dispute", records.disputes, id), outcome);
      await state.save(closed.change);
      return closed.dispute;
    });
    response.json(dispute);
  });

  router.delete("/customers/:id", async (request, response) => {
    const { id } = request.params;
    const deleted = await state.exclusively(id, async () => {
      const customer = await findLiveCustomer(id, records);
      if (!customer) throw resourceMissing("customer", id);
      const gone = deleteCustomer(customer);
      await state.save(gone.change);
      return gone.deleted;
    });
    response.json(presentCustomer(deleted));
  });

  router.post("/prices/:id", async (request, response) => {
    const previous = await findRecord("price", records.prices, request.params.id);
    const price = updatePrice(previous, readBody(archiveSchema, request));
    await state.save({ prices: [price], events: [["price.updated", price, previous]] });
    response.json(price);
  });

  router.post("/products/:id", async (request, response) => {
    const previous = await findRecord("product", records.products, request.params.id);
    const product = updateProduct(previous, readBody(archiveSchema, request));
    await state.save({ products: [product], events: [["product.updated", product, previous]] });
    response.json(product);
  });

  router.post("/foreign-sales", async (request, response) => {
    const { session, change } = await sellElsewhere(readBody(foreignSaleSchema, request), state);
    await state.save(change);
    response.status(201).json(session);
  });

  return router;
}
