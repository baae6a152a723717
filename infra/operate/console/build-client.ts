/** Builds the console's page into `dist/console`. */
import { fileURLToPath } from "node:url";

const configFile = fileURLToPath(new URL("./client/vite.config.ts", import.meta.url));

/**
 * @param outDir instead of `dist/console`
 * @throws Error saying that the page does not build
 */
export async function buildConsole(outDir?: string): Promise<void> {
  // Loaded here and not above: reading --help needs no bundler.
  const { build } = await import("vite");
  await build({ configFile, logLevel: "error", ...(outDir && { build: { outDir } }) });
}
