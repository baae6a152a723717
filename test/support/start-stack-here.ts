/** The one-machine deployment in the test's own process, where its lines are counted. */
import { readLocalSettings, STAND_IN_STRIPE } from "#infra/local/settings.ts";
import type { RunningStack, StackPlace } from "./running-stack.ts";

/** A process holds one such stack at most, as its handlers read the process's environment. */
export async function startStackHere(
  place: StackPlace,
  env: Record<string, string> = {},
): Promise<RunningStack> {
  const { checkout = {} } = readLocalSettings(env);
  const { startStack } = await import("#infra/local/stack.ts");
  const {
    close,
    stripeUrl = "",
    ...stack
  } = await startStack(
    { ...place, stripe: STAND_IN_STRIPE, checkout, withClient: false, handlersHere: true },
    () => {},
  );
  const stop = async () => {
    await close();
    return 0;
  };
  return { ...place, ...stack, stripeUrl, consoleUrl: null, pid: process.pid, stop, kill: close };
}
