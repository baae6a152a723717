/** The shipped handlers: in a thread of their own, unless their sources are live or their lines are counted. */
import {
  type DeployedFunctions,
  deployFunctions,
  environmentOf,
  takeEnvironment,
} from "../deployed-functions.ts";
import { type Entry, fileOf, loadOnce } from "../functions/entries.ts";
import { type Runtime, runtimeHere } from "../functions/invocation.ts";
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
    // Console and game day repair with the handlers' own parts, which ask where AWS is of the process that they run in.
    takeEnvironment(environment);
    if (sources || handlersHere) {
      const load = sources ? (entry: Entry) => sources.loadEntry(fileOf(entry)) : loadOnce;
      return { ...deployFunctions(runtimeHere(load), deploy), close: async () => {} };
    }
    // Not waited for: it loads while the other parts start, and whoever invokes one of them waits.
    const starting = startHandlerThread(environment);
    const started = starting.catch(() => undefined);
    const run: Runtime = async (invocation) => (await starting).run(invocation);
    return { ...deployFunctions(run, deploy), close: async () => (await started)?.close() };
  },
});
