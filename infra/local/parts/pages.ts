/** What browsers load: the client's and the console's builds. */
import path from "node:path";
import { ROOT } from "#infra/builds/digest-sources.js";
import { keptClient } from "#infra/deployment/build-client.ts";
import { keptConsole } from "#infra/operate/console/build-client.ts";
import type { Part } from "./part.ts";

/** The folder of each build. */
export interface Pages {
  client: string;
  console: string;
}

/** Where there is no client: it is served from its sources, or not at all. */
export const NO_CLIENT = path.join(ROOT, "dist", "none");

/** @param isClientLive true: the client is served from its sources, and needs no build */
export const pages = (isClientLive: boolean): Part<Pages> => ({
  announcement: isClientLive ? "Building the console" : "Building the client and the console",
  async start() {
    const [client, console] = await Promise.all([isClientLive ? NO_CLIENT : keptClient(), keptConsole()]);
    return { client, console };
  },
});
