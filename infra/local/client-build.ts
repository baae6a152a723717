/** The client's production build, the same that is deployed. */
import { fileURLToPath } from "node:url";

export const CLIENT_DIRECTORY = fileURLToPath(new URL("../../dist/client", import.meta.url));

const configFile = fileURLToPath(new URL("../../client/vite.config.ts", import.meta.url));

/** @throws Error saying that the client does not build, with the reason on the next lines */
export async function buildClient(): Promise<void> {
  // Loaded here and not above: runs without a browser need no bundler.
  const { build } = await import("vite");
  await build({ configFile, logLevel: "error" });
}
