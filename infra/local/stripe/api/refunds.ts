/** `/v1/refunds` */
import { Router } from "express";
import { findCharge } from "../after-payment/find-charge.ts";
import { refundOnce } from "../after-payment/refund.ts";
import { findRecord } from "../find-record.ts";
import { cleanMetadata } from "../metadata.ts";
import type { State } from "../state.ts";
import { reads, writes } from "./endpoint.ts";
import { expand } from "./expand.ts";
import { listOfPayment } from "./list-of-payment.ts";

export function refundRoutes(state: State): Router {
  const { records } = state;
  const router = Router();

  router.post(
    "/",
    writes(state, "createRefund", async ({ parameters }, commit) => {
      const charge = await findCharge(parameters, records);
      return refundOnce(charge, parameters, state, async (refund, change) =>
        commit(await expand(refund, parameters.expand, records), change),
      );
    }),
  );
  router.get(
    "/",
    reads("listRefunds", ({ parameters }) => listOfPayment("refund", records.refunds, parameters, records)),
  );
  router.get(
    "/:id",
    reads("retrieve", async ({ id, parameters }) => expand(await find(id), parameters.expand, records)),
  );
  router.post(
    "/:id",
    writes(state, "updateRefund", async ({ id, parameters }, commit) => {
      const previous = await find(id);
      const metadata = cleanMetadata(parameters.metadata, previous.metadata ?? {});
      const refund = { ...previous, metadata };
      return commit(refund, { refunds: [refund], events: [["refund.updated", refund, previous]] });
    }),
  );

  const find = (id: string) => findRecord("refund", records.refunds, id);

  return router;
}
