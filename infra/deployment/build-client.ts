/** The client's production build: one and the same, here and on AWS. */
import { fileURLToPath } from "node:url";
import { subresourceIntegrity } from "./subresource-integrity.ts";

const configFile = fileURLToPath(new URL("../../client/vite.config.ts", import.meta.url));

/**
 * @param outDir where it goes; what is there is replaced
 * @throws Error saying that the client does not build, with the reason on the next lines
 */
export async function buildClient(outDir: string): Promise<void> {
  // Loaded here and not above: runs without a browser need no bundler.
  const { build } = await import("vite");
  const plugins = [subresourceIntegrity()];
  await build({ configFile, plugins, logLevel: "error", build: { outDir, emptyOutDir: true } });
}
