/** What a stack needs before anything runs: its ports, and a folder that nobody else can read. */
import { requireFreePorts } from "../ports.ts";
import type { StackOptions } from "../stack-options.ts";
import { createDirectory } from "../storage/database.ts";
import type { Part } from "./part.ts";

export const place = ({ ports, dataDir, stripe, withClient }: StackOptions): Part<void> => ({
  announcement: "Checking ports",
  async start() {
    await requireFreePorts(ports, [
      ...(["http", "aws", "signIn"] as const),
      ...(stripe.standIn ? (["stripe"] as const) : []),
      ...(withClient ? (["console"] as const) : []),
    ]);
    await createDirectory(dataDir);
  },
});
