/** What browsers load: the client's and the console's builds. */
import { fileURLToPath } from "node:url";
import { buildClient } from "#infra/deployment/build-client.ts";
import { buildConsole } from "#infra/operate/console/build-client.ts";
import type { Part } from "./part.ts";

export const CLIENT_DIRECTORY = fileURLToPath(new URL("../../../dist/client", import.meta.url));

export const pages = (): Part<void> => ({
  announcement: "Building the client and the console",
  async start() {
    await Promise.all([buildClient(CLIENT_DIRECTORY), buildConsole()]);
  },
});
