/** What happens when nothing can be counted: nobody is turned away for that. */
import { describeError } from "../error-facts.ts";
import { createLogger } from "../telemetry.ts";

export const onLimitsAway = (error: unknown): void =>
  createLogger("api").warn("limits could not be counted", describeError(error));
