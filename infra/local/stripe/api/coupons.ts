/** `/v1/coupons` */
import { Router } from "express";
import { invalidRequest } from "../errors.ts";
import { findRecord } from "../find-record.ts";
import { createCoupon, presentCoupon } from "../promotions/coupon.ts";
import type { State } from "../state.ts";
import { reads, writes } from "./endpoint.ts";
import { listPage } from "./paging.ts";

export function couponRoutes(state: State): Router {
  const { coupons } = state.records;
  const router = Router();

  router.post(
    "/",
    writes(state, "createCoupon", async ({ parameters }, commit) => {
      const coupon = createCoupon(parameters);
      if (await coupons.find(coupon.id)) {
        throw invalidRequest("Coupon already exists.", { code: "resource_already_exists", param: "id" });
      }
      return commit(coupon, { coupons: [coupon], events: [["coupon.created", coupon]] });
    }),
  );
  router.get(
    "/",
    reads("listCoupons", async ({ parameters }) => {
      const page = await listPage(coupons, "coupon", "/v1/coupons", parameters);
      return { ...page, data: page.data.map(presentCoupon) };
    }),
  );
  router.get(
    "/:id",
    reads("retrieve", async ({ id }) => presentCoupon(await findRecord("coupon", coupons, id))),
  );
  return router;
}
