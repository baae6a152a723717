/** The whole of Bursar on one machine: every part started in order, and stopped in the reverse one. */
import type { MeasuredDeployment } from "#infra/operate/alarms/alarm-watch.ts";
import { lambdaFunctions } from "./parts/lambda-functions.ts";
import { liveSources } from "./parts/live-sources.ts";
import { createStarter, type StartPart } from "./parts/part.ts";
import { place } from "./parts/place.ts";
import { type StackOptions, type StackPlace, urlsOf } from "./stack-options.ts";

export interface LocalStack extends StackPlace {
  issuerUrl: string;
  /** The executions console; undefined for runs without a browser. */
  consoleUrl: string | undefined;
  /** How many executions went on from where an earlier run had left them. */
  resumedExecutions: number;
  /** What its alarms look at. */
  measured: MeasuredDeployment;
  /** Stops what runs; executions under way stay where they are and go on at the next start. */
  close(): Promise<void>;
}

/**
 * @param announce told what is being started, in words for people
 * @throws LocalSetupError, or an Error whose message is one sentence, when the person can put it right
 */
export async function startStack(
  options: StackOptions,
  announce: (step: string) => void,
): Promise<LocalStack> {
  const { start, close } = createStarter(announce);
  try {
    return { ...(await startParts(options, start)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts(options: StackOptions, start: StartPart): Promise<Omit<LocalStack, "close">> {
  const { accessKey } = await start(place(options));
  const urls = { ...urlsOf(options), accessKey };
  const sources = options.isLive ? await start(liveSources()) : undefined;
  const { run } = await start(lambdaFunctions(options, urls, sources));
  // Loaded here and not above: these take as long as the handlers, which load meanwhile on a core of their own.
  const { startServices } = await import("./services.ts");
  return { ...urls, ...(await startServices(options, urls, run, sources, start)) };
}
