/** Makes of ours and of each peer what Node runs: ours bundled as it is deployed, peers beside their packages, as they start. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundleHandler } from "#infra/aws/bundle-handler.ts";
import { PEERS, type SubjectName } from "./subjects.ts";

export type Scripts = Record<SubjectName, string> & {
  floor: string;
  /** Hono made as ours is made, which its documents do not ask for. */
  bundledHono: string;
};

/**
 * @param sources of the peers, with their packages beside them
 * @param directory for what is bundled
 * @returns where each begins
 */
export async function buildSubjects(sources: string, directory: string): Promise<Scripts> {
  const ours = path.join(directory, "ours");
  bundleHandler("webhook.ts", ours);
  const servers = ["serve-ours.ts", "serve-floor.ts"].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  );
  await build({ ...NODE, entryPoints: servers, outdir: ours, bundle: true, external: ["./index.mjs"] });
  const names = Object.keys(PEERS) as (keyof typeof PEERS)[];
  const built = path.join(sources, "built");
  await build({
    ...NODE,
    entryPoints: names.map((name) => path.join(sources, `${name}.ts`)),
    outdir: built,
    bundle: true,
    packages: "external",
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  });
  const bundled = path.join(directory, "bundled");
  await build({
    ...NODE,
    entryPoints: [path.join(sources, "hono.ts")],
    outdir: bundled,
    bundle: true,
    minify: true,
    mainFields: ["module", "main"],
  });
  const scripts = names.map((name) => [name, path.join(built, `${name}.mjs`)]);
  return {
    ...(Object.fromEntries(scripts) as Omit<Record<SubjectName, string>, "ours">),
    ours: path.join(ours, "serve-ours.mjs"),
    floor: path.join(ours, "serve-floor.mjs"),
    bundledHono: path.join(bundled, "hono.mjs"),
  };
}

const NODE = {
  platform: "node",
  format: "esm",
  target: "node20",
  outExtension: { ".js": ".mjs" },
  banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
  logLevel: "error",
} as const;
