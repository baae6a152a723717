/** The shipped handlers: in a thread of their own, unless their sources are live or their lines are counted. */
import {
  type DeployedFunctions,
  deployFunctions,
  environmentOf,
  keepQuiet,
  takeEnvironment,
} from "../deployed-functions.ts";
import { type Entry, fileOf, loadOnce } from "../functions/entries.ts";
import { runtimeHere } from "../functions/invocation.ts";
import { startHandlerThread } from "../functions/thread.ts";
import type { LiveSources } from "../live-sources/live-sources.ts";
import type { StackOptions, StackPlace } from "../stack-options.ts";
import type { Part } from "./part.ts";
import type { Surroundings } from "./surroundings.ts";

export const lambdaFunctions = (
  { stepFunctionsUrl, logLevel, checkout, handlersHere }: StackOptions,
  { awsUrl, accessKey, clientUrl, stripeUrl }: StackPlace,
  { deploy }: Surroundings,
  sources: LiveSources | undefined,
): Part<DeployedFunctions & { close(): Promise<void> }> => ({
  announcement: "Loading the Lambda handlers",
  async start() {
    const environment = environmentOf({
      awsUrl,
      accessKey,
      clientUrl,
      stripeApiBase: stripeUrl,
      checkout,
      stepFunctionsUrl,
      logLevel,
    });
    if (sources || handlersHere) {
      takeEnvironment(environment);
      const load = sources ? (entry: Entry) => sources.loadEntry(fileOf(entry)) : loadOnce;
      return { ...deployFunctions(runtimeHere(load), deploy), close: async () => {} };
    }
    keepQuiet({ logLevel });
    const { run, close } = await startHandlerThread(environment);
    return { ...deployFunctions(run, deploy), close };
  },
});
