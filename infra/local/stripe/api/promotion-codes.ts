/** `/v1/promotion_codes` */
import { Router } from "express";
import { invalidRequest, resourceMissing } from "../errors.ts";
import { findRecord } from "../find-record.ts";
import { cleanMetadata } from "../metadata.ts";
import { createPromotionCode, presentPromotionCode } from "../promotions/coupon.ts";
import type { State } from "../state.ts";
import { idOf } from "../store/records.ts";
import { reads, writes } from "./endpoint.ts";
import { expand } from "./expand.ts";
import { listPage } from "./paging.ts";

export function promotionCodeRoutes(state: State): Router {
  const { records } = state;
  const { coupons, promotionCodes } = records;
  const router = Router();

  router.post(
    "/",
    writes(state, "createPromotionCode", async ({ parameters }, commit) => {
      const couponId = parameters.promotion.coupon ?? "";
      const coupon = await coupons.find(couponId);
      if (!coupon) throw resourceMissing("coupon", couponId, "promotion[coupon]");
      const code = createPromotionCode(parameters, coupon);
      await requireUnused(code.code);
      const body = await expand(presentPromotionCode(code), parameters.expand, records);
      return commit(body, { promotionCodes: [code], events: [["promotion_code.created", code]] });
    }),
  );
  router.get(
    "/",
    reads("listPromotionCodes", async ({ parameters }) => {
      const { active, code, coupon, expand: paths } = parameters;
      const page = await listPage(promotionCodes, "promotion_code", "/v1/promotion_codes", parameters, {
        where: { code: code?.toUpperCase() },
        matches: (one) =>
          (active === undefined || presentPromotionCode(one).active === active) &&
          (coupon === undefined || idOf(one.promotion.coupon) === coupon),
      });
      return expand({ ...page, data: page.data.map(presentPromotionCode) }, paths, records);
    }),
  );
  router.get(
    "/:id",
    reads("retrieve", async ({ id, parameters }) =>
      expand(presentPromotionCode(await find(id)), parameters.expand, records),
    ),
  );
  router.post(
    "/:id",
    writes(state, "updatePromotionCode", async ({ id, parameters }, commit) => {
      const previous = await find(id);
      const code = {
        ...previous,
        active: parameters.active ?? previous.active,
        metadata: cleanMetadata(parameters.metadata, previous.metadata ?? {}),
      };
      const events = [["promotion_code.updated", code, previous]] as const;
      return commit(presentPromotionCode(code), { promotionCodes: [code], events: [[...events[0]]] });
    }),
  );

  const find = (id: string) => findRecord("promotion code", promotionCodes, id);

  async function requireUnused(code: string) {
    const { data } = await promotionCodes.list({ where: { code: code.toUpperCase() }, limit: 100 });
    if (!data.some((one) => presentPromotionCode(one).active)) return;
    throw invalidRequest(`An active promotion code with \`code: ${code}\` already exists.`, {
      code: "resource_already_exists",
      param: "code",
    });
  }

  return router;
}
