/** What a stack is started with, and where its parts are then. */
import type { AccessKey } from "#infra/one-machine/access-key.ts";
import type { AwsConnection } from "#infra/one-machine/aws-connection.ts";
import { REGION } from "./names.ts";
import type { LocalSettings } from "./settings.ts";

export interface StackOptions extends LocalSettings {
  /** False for runs without a browser, which then need not wait for the client's build. */
  withClient: boolean;
  /** True: client, handlers and rules are served from their sources, as these are at each request. */
  isLive?: boolean;
  /** True: the handlers run in this process, whose environment becomes theirs, instead of in a thread of their own. */
  handlersHere?: boolean;
  /** Deletes what earlier runs have stored, once nothing stands in the way of this one. */
  fresh?: boolean;
  /** How the functions reach Step Functions, when there is something between. */
  stepFunctionsUrl?: string;
  /** Given the state machine's definition as text; what it returns runs instead. */
  alterDefinition?: (definition: string) => string;
  /** Of the functions, where the environment does not say; errors unless given. */
  logLevel?: "SILENT";
  /** True: no more is let through to the API than on AWS. A machine that measures itself wants no such limit. */
  isThrottled?: boolean;
  /** How much faster than on AWS the schedule runs; no faster unless given. */
  timesFaster?: number;
  /** How long the overflow queue hides what could not be started; as deployed unless given. */
  overflowVisibilitySeconds?: number;
}

export interface StackUrls {
  clientUrl: string;
  awsUrl: string;
  /** Undefined: Stripe itself. */
  stripeUrl: string | undefined;
}

/** Where the parts are, and the key that its AWS asks for. */
export interface StackPlace extends StackUrls {
  accessKey: AccessKey;
}

/** How programs reach the stack's AWS. */
export const awsOf = ({ awsUrl, accessKey }: Pick<StackPlace, "awsUrl" | "accessKey">): AwsConnection => ({
  region: REGION,
  endpointUrl: awsUrl,
  accessKey,
});

export const urlsOf = ({ ports, stripe }: StackOptions): StackUrls => ({
  clientUrl: `http://localhost:${ports.http}`,
  awsUrl: `http://localhost:${ports.aws}`,
  stripeUrl: stripe.standIn ? `http://localhost:${ports.stripe}` : undefined,
});
