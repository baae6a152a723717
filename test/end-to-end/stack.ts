/** One running stack for all browser tests, started before the first and stopped after the last. */
import type { TestProject } from "vitest/node";
import {
  createStackPlace,
  type RunningStack,
  removeStackPlace,
  startRunningStack,
} from "#test/support/running-stack.ts";

type StackAddresses = Pick<RunningStack, "clientUrl" | "awsUrl" | "accessKey" | "stripeUrl" | "issuerUrl">;

declare module "vitest" {
  export interface ProvidedContext {
    stack: StackAddresses;
  }
}

export default async function startStack({ provide }: TestProject): Promise<() => Promise<void>> {
  const place = await createStackPlace();
  const stack = await startRunningStack(place, { client: true });
  const { clientUrl, awsUrl, accessKey, stripeUrl, issuerUrl } = stack;
  provide("stack", { clientUrl, awsUrl, accessKey, stripeUrl, issuerUrl });
  return async () => {
    await stack.stop();
    await removeStackPlace(place);
  };
}
