/** All that stands around the handlers: what they call, what calls them, and what people open. */

import { deployFunctions } from "./deployed-functions.ts";
import type { Runtime } from "./functions/invocation.ts";
import type { LiveSources } from "./live-sources/live-sources.ts";
import { awsServices } from "./parts/aws-services.ts";
import { clientAndApi } from "./parts/client-and-api.ts";
import { executionsConsole } from "./parts/executions-console.ts";
import { overflowQueueConsumer } from "./parts/overflow-queue-consumer.ts";
import { pages } from "./parts/pages.ts";
import type { StartPart } from "./parts/part.ts";
import { reconciliation } from "./parts/reconciliation.ts";
import { signIn } from "./parts/sign-in.ts";
import { signingSecret } from "./parts/signing-secret.ts";
import { stripeStandIn } from "./parts/stripe-stand-in.ts";
import { surroundings } from "./parts/surroundings.ts";
import { table } from "./parts/table.ts";
import { unfinishedExecutions } from "./parts/unfinished-executions.ts";
import type { StackOptions, StackPlace } from "./stack-options.ts";

/**
 * @param run where the handlers run
 * @param sources undefined: nothing is live
 */
export async function startServices(
  options: StackOptions,
  urls: StackPlace,
  run: Runtime,
  sources: LiveSources | undefined,
  start: StartPart,
) {
  const around = await start(surroundings(urls));
  const functions = deployFunctions(run, around.deploy);
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
  return { issuerUrl: issuer.url, consoleUrl: console?.url, resumedExecutions, measured: around.measured };
}
