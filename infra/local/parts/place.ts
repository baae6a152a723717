/** What a stack needs before anything runs: its ports, and a folder that is its own. Only then is anything deleted. */
import { requireFreePorts } from "../ports.ts";
import type { StackOptions } from "../stack-options.ts";
import { claimDataDirectory } from "../storage/data-directory.ts";
import type { Part } from "./part.ts";

export const place = ({
  ports,
  dataDir,
  fresh = false,
  stripe,
  withClient,
}: StackOptions): Part<{ close(): Promise<void> }> => ({
  announcement: "Checking ports and data",
  async start() {
    await requireFreePorts(ports, [
      ...(["http", "aws", "signIn"] as const),
      ...(stripe.standIn ? (["stripe"] as const) : []),
      ...(withClient ? (["console"] as const) : []),
    ]);
    return claimDataDirectory(dataDir, { fresh });
  },
});
