/** `/v1/refunds` */
import { Router } from "express";
import { findCharge } from "../after-payment/find-charge.ts";
import { refundOnce } from "../after-payment/refund.ts";
import { resourceMissing } from "../errors.ts";
import { cleanMetadata } from "../metadata.ts";
import type { State } from "../state.ts";
import { reads, writes } from "./endpoint.ts";
import { expand } from "./expand.ts";
import { listPage } from "./paging.ts";

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
    reads("listRefunds", async ({ parameters }) => {
      const { charge, expand: paths, payment_intent } = parameters;
      const page = await listPage(records.refunds, "refund", "/v1/refunds", parameters, {
        where: { payment_intent },
        matches: (refund) => charge === undefined || refund.charge === charge,
      });
      return expand(page, paths, records);
    }),
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
      return commit(refund, { refunds: [refund], events: [["refund.updated", refund]] });
    }),
  );

  async function find(id: string) {
    const refund = await records.refunds.find(id);
    if (!refund) throw resourceMissing("refund", id);
    return refund;
  }

  return router;
}
