/** The console, with all that one machine lets it look at and repair. */
import { type RunningConsole, startConsole } from "#infra/operate/console/start-console.ts";
import { REGION, STATE_MACHINE_ARN } from "../names.ts";
import type { StackOptions, StackUrls } from "../stack-options.ts";
import type { Part } from "./part.ts";
import type { Surroundings } from "./surroundings.ts";

export const executionsConsole = (
  { ports }: StackOptions,
  { awsUrl, stripeUrl }: StackUrls,
  { measured }: Surroundings,
): Part<RunningConsole> => ({
  announcement: "Executions console",
  start: () =>
    startConsole({
      port: ports.console,
      aws: { region: REGION, endpointUrl: awsUrl },
      stateMachineArn: STATE_MACHINE_ARN,
      mayRedrive: true,
      local: { awsUrl, stripeUrl, measured },
    }),
});
