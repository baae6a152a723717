/** The shipped handlers, in this process. */
import { type DeployedFunctions, loadFunctions } from "../deployed-functions.ts";
import { handlersOnCall } from "../handler-modules.ts";
import type { LiveSources } from "../live-sources/live-sources.ts";
import type { StackOptions, StackPlace } from "../stack-options.ts";
import type { Part } from "./part.ts";
import type { Surroundings } from "./surroundings.ts";

export const lambdaFunctions = (
  { stepFunctionsUrl, logLevel, checkout }: StackOptions,
  { awsUrl, accessKey, clientUrl, stripeUrl }: StackPlace,
  { deploy }: Surroundings,
  sources: LiveSources | undefined,
): Part<DeployedFunctions> => ({
  announcement: "Loading the Lambda handlers",
  start: () =>
    loadFunctions(
      { awsUrl, accessKey, clientUrl, stripeApiBase: stripeUrl, checkout, stepFunctionsUrl, logLevel },
      deploy,
      sources && (() => handlersOnCall(sources.loadEntry)),
    ),
});
