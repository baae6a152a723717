/** The whole of Bursar on one machine: every part started in order, and stopped in the reverse one. */
import type { MeasuredDeployment } from "#infra/operate/alarms/alarm-watch.ts";
import { awsServices } from "./parts/aws-services.ts";
import { clientAndApi } from "./parts/client-and-api.ts";
import { executionsConsole } from "./parts/executions-console.ts";
import { lambdaFunctions } from "./parts/lambda-functions.ts";
import { liveSources } from "./parts/live-sources.ts";
import { overflowQueueConsumer } from "./parts/overflow-queue-consumer.ts";
import { pages } from "./parts/pages.ts";
import { createStarter, type StartPart } from "./parts/part.ts";
import { place } from "./parts/place.ts";
import { reconciliation } from "./parts/reconciliation.ts";
import { signIn } from "./parts/sign-in.ts";
import { signingSecret } from "./parts/signing-secret.ts";
import { stripeStandIn } from "./parts/stripe-stand-in.ts";
import { surroundings } from "./parts/surroundings.ts";
import { table } from "./parts/table.ts";
import { unfinishedExecutions } from "./parts/unfinished-executions.ts";
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
  const around = await start(surroundings(urls));
  const sources = options.isLive ? await start(liveSources()) : undefined;
  const functions = await start(lambdaFunctions(options, urls, around, sources));
  const aws = await start(awsServices(options, urls, functions, around));
  await start(table(urls));
  if (urls.stripeUrl) await start(stripeStandIn(options, urls));
  const issuer = await start(signIn(options, urls, functions, around));
  const built = options.withClient ? await start(pages(options.isLive ?? false)) : undefined;
  await start(signingSecret(functions));
  await start(clientAndApi(options, urls, functions, issuer, around, sources, built));
  const resumedExecutions = await start(unfinishedExecutions(aws));
  await start(overflowQueueConsumer(urls, functions));
  await start(reconciliation(options, functions));
  const console = built && (await start(executionsConsole(options, urls, around, built)));
  return {
    ...urls,
    issuerUrl: issuer.url,
    consoleUrl: console?.url,
    resumedExecutions,
    measured: around.measured,
  };
}
