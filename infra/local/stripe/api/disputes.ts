/** `/v1/disputes`: a rehearsal opens them, see `control/`. */
import { Router } from "express";
import type Stripe from "stripe";
import { closeDispute } from "../after-payment/dispute.ts";
import { findRecord } from "../find-record.ts";
import { cleanMetadata } from "../metadata.ts";
import type { State } from "../state.ts";
import { reads, writes } from "./endpoint.ts";
import { expand } from "./expand.ts";
import { listOfPayment } from "./list-of-payment.ts";

/** The evidence that decides a test dispute: https://docs.stripe.com/testing#evidence */
const OUTCOMES = { winning_evidence: "won", losing_evidence: "lost" } as const;

export function disputeRoutes(state: State): Router {
  const { records } = state;
  const router = Router();

  router.get(
    "/",
    reads("listDisputes", ({ parameters }) =>
      listOfPayment("dispute", records.disputes, parameters, records),
    ),
  );
  router.get(
    "/:id",
    reads("retrieve", async ({ id, parameters }) => expand(await find(id), parameters.expand, records)),
  );
  router.post(
    "/:id",
    writes(state, "updateDispute", async ({ id, parameters }, commit) =>
      state.exclusively(id, async () => {
        const previous = await find(id);
        const answered = answer(previous, parameters);
        const text = parameters.evidence?.uncategorized_text ?? "";
        const outcome =
          parameters.submit !== false && text in OUTCOMES && OUTCOMES[text as keyof typeof OUTCOMES];
        if (!outcome) {
          return commit(answered, {
            disputes: [answered],
            events: [["charge.dispute.updated", answered, previous]],
          });
        }
        const { dispute, change } = closeDispute(answered, outcome);
        return commit(dispute, change);
      }),
    ),
  );
  router.post(
    "/:id/close",
    writes(state, "retrieve", async ({ id, parameters }, commit) =>
      state.exclusively(id, async () => {
        const { dispute, change } = closeDispute(await find(id), "lost");
        return commit(await expand(dispute, parameters.expand, records), change);
      }),
    ),
  );

  const find = (id: string) => findRecord("dispute", records.disputes, id);

  return router;
}

function answer(dispute: Stripe.Dispute, { evidence, metadata }: Stripe.DisputeUpdateParams): Stripe.Dispute {
  const text = evidence?.uncategorized_text ?? dispute.evidence.uncategorized_text;
  return {
    ...dispute,
    evidence: { ...dispute.evidence, uncategorized_text: text },
    evidence_details: { ...dispute.evidence_details, has_evidence: text !== null },
    metadata: cleanMetadata(metadata, dispute.metadata),
  };
}
