/** The console, with all that one machine lets it look at and repair. */
import type { RunningConsole } from "#infra/operate/console/start-console.ts";
import { STATE_MACHINE_ARN } from "../names.ts";
import { awsOf, type StackOptions, type StackPlace } from "../stack-options.ts";
import type { Pages } from "./pages.ts";
import type { Part } from "./part.ts";
import type { Surroundings } from "./surroundings.ts";

export const executionsConsole = (
  { ports }: StackOptions,
  place: StackPlace,
  { measured }: Surroundings,
  { console: pages }: Pages,
): Part<RunningConsole> => ({
  announcement: "Executions console",
  async start() {
    // Loaded here and not above: students need not wait for it, and runs without a browser do without.
    const { startConsole } = await import("#infra/operate/console/start-console.ts");
    return startConsole({
      port: ports.console,
      aws: awsOf(place),
      stateMachineArn: STATE_MACHINE_ARN,
      mayRedrive: true,
      pages,
      local: { awsUrl: place.awsUrl, stripeUrl: place.stripeUrl, measured },
    });
  },
});
