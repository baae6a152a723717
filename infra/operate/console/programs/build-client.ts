/** Builds the console's page into the folder that it is given. */
import path from "node:path";
import { build } from "vite";
import { ROOT } from "#infra/builds/digest-sources.js";

const [, , outDir = ""] = process.argv;
const configFile = path.join(ROOT, "infra", "operate", "console", "client", "vite.config.ts");
await build({ configFile, logLevel: "error", build: { outDir, emptyOutDir: true } });
