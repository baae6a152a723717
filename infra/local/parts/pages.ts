/** What browsers load: the client's and the console's builds. */
import { fileURLToPath } from "node:url";
import { buildClient } from "#infra/deployment/build-client.ts";
import { buildConsole } from "#infra/operate/console/build-client.ts";
import type { Part } from "./part.ts";

export const CLIENT_DIRECTORY = fileURLToPath(new URL("../../../dist/client", import.meta.url));

/** @param isClientLive true: the client is served from its sources, and needs no build */
export const pages = (isClientLive: boolean): Part<void> => ({
  announcement: isClientLive ? "Building the console" : "Building the client and the console",
  async start() {
    await Promise.all([isClientLive || buildClient(CLIENT_DIRECTORY), buildConsole()]);
  },
});
