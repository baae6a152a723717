/** The shipped handlers, loaded into this process. */
import { type DeployedFunctions, loadFunctions } from "../deployed-functions.ts";
import type { StackOptions, StackPlace } from "../stack-options.ts";
import type { Part } from "./part.ts";
import type { Surroundings } from "./surroundings.ts";

export const lambdaFunctions = (
  { stepFunctionsUrl, logLevel, checkout }: StackOptions,
  { awsUrl, accessKey, clientUrl, stripeUrl }: StackPlace,
  { deploy }: Surroundings,
): Part<DeployedFunctions> => ({
  announcement: "Loading the Lambda handlers",
  start: () =>
    loadFunctions(
      { awsUrl, accessKey, clientUrl, stripeApiBase: stripeUrl, checkout, stepFunctionsUrl, logLevel },
      deploy,
    ),
});
