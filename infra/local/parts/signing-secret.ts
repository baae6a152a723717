/** What keeps the webhook's own secret: once now, as at a deployment, and every few minutes. */
import { SIGNING_SECRET_COPY } from "#infra/deployment/signing-secret-copy.ts";
import type { DeployedFunctions } from "../deployed-functions.ts";
import { type Schedule, startSchedule } from "../schedule.ts";
import type { Part } from "./part.ts";

export const signingSecret = ({ copySigningSecret }: DeployedFunctions): Part<Schedule> => ({
  async start() {
    await copySigningSecret();
    return startSchedule({ everyMs: SIGNING_SECRET_COPY.everyMinutes * 60_000 }, copySigningSecret);
  },
});
