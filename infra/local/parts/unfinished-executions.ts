/** The executions that were under way when an earlier run ended. Steps call Stripe, so it must be there by now. */
import type { AwsEndpoint } from "../aws/endpoint.ts";
import type { Part } from "./part.ts";

/** Resolves to how many go on. */
export const unfinishedExecutions = ({ resumeExecutions }: AwsEndpoint): Part<number> => ({
  announcement: "Picking up what an earlier run left",
  start: () => resumeExecutions(),
});
