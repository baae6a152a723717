/** Where the shipped handlers run: in a thread of their own, unless their sources are live or their lines are counted. */
import { environmentOf, takeEnvironment } from "../deployed-functions.ts";
import { type Entry, fileOf, loadOnce } from "../functions/entries.ts";
import { type Runtime, runtimeHere } from "../functions/invocation.ts";
import { startHandlerThread } from "../functions/thread.ts";
import type { LiveSources } from "../live-sources/live-sources.ts";
import type { StackOptions, StackPlace } from "../stack-options.ts";
import type { Part } from "./part.ts";

export const lambdaFunctions = (
  { stepFunctionsUrl, logLevel, checkout, handlersHere }: StackOptions,
  { awsUrl, accessKey, clientUrl, stripeUrl }: StackPlace,
  sources: LiveSources | undefined,
): Part<{ run: Runtime; close(): Promise<void> }> => ({
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
      return { run: runtimeHere(load), close: async () => {} };
    }
    // Not waited for: it loads while the other parts do, and whoever invokes a handler waits.
    const starting = startHandlerThread(environment);
    const started = starting.catch(() => undefined);
    return {
      run: async (invocation) => (await starting).run(invocation),
      close: async () => (await started)?.close(),
    };
  },
});
