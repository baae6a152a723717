/** `/api/alarms`, `/api/deliveries` and `/api/faults`: what one machine has and AWS keeps elsewhere. */
import type { Router } from "express";
import * as z from "zod";
import type { Ledger } from "#workflow/ledger/keep-ledger.ts";
import { rehearseSigned, resendEvent, switchAwsFaults, turnStripeKnobs } from "../acts/faults.ts";
import type { AlarmWatch } from "../alarms/alarm-watch.ts";
import { type AwsFaults, faultSchema } from "../records/aws-faults.ts";
import { ANSWERS, listDeliveries } from "../records/list-deliveries.ts";
import type { StripeDeliveries } from "../records/stripe-deliveries.ts";
import { stripeKnobsSchema } from "../records/stripe-knobs.ts";
import { type createStripeRehearsals, rehearsalSchema } from "../records/stripe-rehearsals.ts";
import type { Faults } from "./contract.ts";
import { FUNCTION_TARGETS } from "./function-targets.ts";
import { readAs, sign } from "./refusal.ts";
import { rangeOf, timeRangeSchema } from "./time-range.ts";

export interface LocalParts {
  ledger: Ledger;
  alarms: AlarmWatch | undefined;
  deliveries: StripeDeliveries | undefined;
  awsFaults: AwsFaults | undefined;
  rehearse: ReturnType<typeof createStripeRehearsals> | undefined;
}

const part = z.string().trim().max(128).optional();
const deliveriesSchema = timeRangeSchema.extend({
  answer: z.enum(ANSWERS).optional(),
  course: part,
  student: part,
  before: z.string().max(255).optional(),
});

const faultsSchema = z.object({
  aws: z.array(faultSchema).optional(),
  stripe: stripeKnobsSchema.partial().optional(),
});

export function addLocalRoutes(
  router: Router,
  { ledger, alarms, deliveries, awsFaults, rehearse }: LocalParts,
): void {
  if (alarms) {
    router.get("/alarms", (_request, response) => {
      response.json({ alarms: alarms.listAlarms() });
    });
  }
  if (deliveries) addDeliveryRoutes(router, deliveries, ledger);

  const readFaults = async (): Promise<Faults> => ({
    aws: await awsFaults?.readFaults(),
    functions: FUNCTION_TARGETS,
    stripe: await deliveries?.readKnobs(),
  });
  router.get("/faults", async (_request, response) => {
    response.json(await readFaults());
  });
  router.post("/faults", async (request, response) => {
    const wanted = readAs(faultsSchema, request.body);
    const signed = sign(ledger, request.body);
    if (wanted.aws && awsFaults) await switchAwsFaults(wanted.aws, signed, awsFaults);
    if (wanted.stripe && deliveries) await turnStripeKnobs(wanted.stripe, signed, deliveries);
    response.json(await readFaults());
  });
  if (rehearse) {
    router.post("/rehearsals", async (request, response) => {
      const rehearsal = readAs(rehearsalSchema, request.body);
      await rehearseSigned(rehearsal, sign(ledger, request.body), rehearse);
      response.json({});
    });
  }
}

function addDeliveryRoutes(router: Router, deliveries: StripeDeliveries, ledger: Ledger): void {
  router.get("/deliveries", async (request, response) => {
    const { before, ...filter } = readAs(deliveriesSchema, request.query);
    response.json(await listDeliveries({ ...filter, ...rangeOf(filter) }, before, deliveries));
  });
  router.post("/deliveries/:eventId/resend", async (request, response) => {
    await resendEvent(request.params.eventId, sign(ledger, request.body), deliveries);
    response.json({});
  });
}
