/** What a stack needs before anything runs: its ports, and a folder that is its own. Only then is anything deleted. */
import type { AccessKey } from "#infra/one-machine/access-key.ts";
import { loadAccessKey } from "../aws/load-access-key.ts";
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
}: StackOptions): Part<{ accessKey: AccessKey; close(): Promise<void> }> => ({
  announcement: "Checking ports and data",
  async start() {
    await requireFreePorts(ports, [
      ...(["http", "aws", "signIn"] as const),
      ...(stripe.standIn ? (["stripe"] as const) : []),
      ...(withClient ? (["console"] as const) : []),
    ]);
    const claimed = await claimDataDirectory(dataDir, { fresh });
    try {
      return { accessKey: await loadAccessKey(dataDir), close: () => claimed.close() };
    } catch (error) {
      await claimed.close();
      throw error;
    }
  },
});
