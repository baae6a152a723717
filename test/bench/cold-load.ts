/** How long a new Lambda instance takes to load each bundle, and how large the bundles are. */
import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { bundleHandler } from "#infra/aws/bundle-handler.ts";
import type { Figure } from "./figure.ts";
import { summarize } from "./interleave.ts";
import { LARGEST_BUNDLES } from "./largest-bundles.ts";
import { bundleBareHandler, setHandlerEnvironment } from "./load-bundle.ts";
import type { BenchRun } from "./run-bench.ts";

const run = promisify(execFile);

const SECTION = "Cold load";

interface Bars {
  load?: number;
  bytes?: number;
}

const BARS: Record<string, Bars> = {
  webhook: { load: 1.3, bytes: LARGEST_BUNDLES.webhook },
  api: { load: 2, bytes: LARGEST_BUNDLES.api },
  steps: {},
  "overflow-queue": {},
  reconcile: {},
};

export async function measureColdLoads({ report, sizes, directory }: BenchRun): Promise<Figure[]> {
  setHandlerEnvironment({ awsUrl: "http://localhost:1" });
  report("bundling");
  const place = (name: string) => path.join(directory, "cold", name);
  bundleBareHandler(place("bare"));
  for (const name of Object.keys(BARS)) bundleHandler(`${name}.ts`, place(name));

  const times: Record<string, number[]> = {};
  for (let round = 0; round < sizes.coldLoads; round++) {
    report(`cold loads, round ${round + 1} of ${sizes.coldLoads}`);
    for (const name of ["bare", ...Object.keys(BARS)])
      times[name] = [...(times[name] ?? []), await loadOnce(path.join(place(name), "index.mjs"))];
  }
  const p50 = (name: string) => summarize(times[name] ?? []).p50;
  const figures = Object.entries(BARS).map(
    async ([name, { load, bytes }]): Promise<Figure[]> => [
      {
        section: SECTION,
        name: `${name}, p50`,
        unit: "ms",
        ours: p50(name),
        floor: p50("bare"),
        atMost: load,
      },
      {
        section: SECTION,
        name: `${name}, minified`,
        unit: "kB",
        ours: (await sizeOf(place(name))) / 1000,
        atMost: bytes && bytes / 1000,
      },
    ],
  );
  return (await Promise.all(figures)).flat();
}

/** @returns bytes of all files, those that are loaded late with them */
async function sizeOf(directory: string): Promise<number> {
  const files = await readdir(directory);
  const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(directory, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @returns milliseconds, measured inside a new process */
async function loadOnce(bundle: string): Promise<number> {
  const script = `const begin = performance.now(); await import(process.argv[1]); process.stdout.write("\\n" + (performance.now() - begin)); process.exit()`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script, bundle]);
  return Number(stdout.split("\n").at(-1));
}
