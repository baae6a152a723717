/** A stack of one's own for as long as something takes: on free ports, in a folder that is removed afterwards. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findFreePorts } from "./ports.ts";
import { STAND_IN_STRIPE } from "./settings.ts";
import { type LocalStack, startStack } from "./stack.ts";
import type { StackOptions } from "./stack-options.ts";

/** Where Stripe is played on this machine too. */
export type OwnStack = LocalStack & { stripeUrl: string };

/** @param announce told what is being started, in words for people */
export async function withOwnStack<Result>(
  options: Pick<
    StackOptions,
    "alterDefinition" | "isThrottled" | "logLevel" | "overflowVisibilitySeconds" | "timesFaster"
  >,
  announce: (step: string) => void,
  use: (stack: OwnStack) => Promise<Result>,
): Promise<Result> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "bursar-own-"));
  try {
    const ports = await findFreePorts();
    const settings = { ports, dataDir, stripe: STAND_IN_STRIPE, withClient: false };
    const stack = await startStack({ ...settings, ...options }, announce);
    try {
      const { stripeUrl } = stack;
      if (!stripeUrl) throw new Error("The stack came without Stripe's stand-in.");
      return await use({ ...stack, stripeUrl });
    } finally {
      await stack.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
