/** The console, with all that one machine lets it look at and repair. */
import { type RunningConsole, startConsole } from "#infra/operate/console/start-console.ts";
import { OVERFLOW_QUEUE_NAME, queueUrl, REGION, STATE_MACHINE_ARN } from "../names.ts";
import type { StackOptions, StackUrls } from "../stack-options.ts";
import type { Part } from "./part.ts";

export const executionsConsole = (
  { ports }: StackOptions,
  { awsUrl, stripeUrl }: StackUrls,
): Part<RunningConsole> => ({
  announcement: "Executions console",
  start: () =>
    startConsole({
      port: ports.console,
      aws: { region: REGION, endpointUrl: awsUrl },
      stateMachineArn: STATE_MACHINE_ARN,
      mayRedrive: true,
      local: { awsUrl, stripeUrl, overflowQueueUrl: queueUrl(awsUrl, OVERFLOW_QUEUE_NAME) },
    }),
});
