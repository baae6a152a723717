/** Builds the client into the folder that it is given. */
import path from "node:path";
import { build } from "vite";
import { ROOT } from "#infra/builds/digest-sources.js";
import { subresourceIntegrity } from "../subresource-integrity.ts";

const [, , outDir = ""] = process.argv;
await build({
  configFile: path.join(ROOT, "client", "vite.config.ts"),
  plugins: [subresourceIntegrity()],
  logLevel: "error",
  build: { outDir, emptyOutDir: true },
});
