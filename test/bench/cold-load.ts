/** How long a new Lambda instance takes to load each bundle, and how large the bundles are. */
import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";
import { bundleBareHandler, bundleHandler, setHandlerEnvironment } from "./bundle-handler.ts";
import type { Figure } from "./figure.ts";
import { summarize } from "./interleave.ts";
import type { BenchRun } from "./run-bench.ts";

const run = promisify(execFile);

const BARS = {
  webhook: { load: 1.3, kilobytes: 600 },
  api: { load: 2, kilobytes: 1_600 },
  steps: {},
  "webhook-queue": {},
} as const satisfies Record<string, { load?: number; kilobytes?: number }>;

export async function measureColdLoads({ say, sizes, directory }: BenchRun): Promise<Figure[]> {
  setHandlerEnvironment({ awsUrl: "http://localhost:1" });
  say("bundling");
  const names = Object.keys(BARS) as (keyof typeof BARS)[];
  const bundles = new Map<string, string>([["bare", await bundleBareHandler(directory)]]);
  for (const name of names) bundles.set(name, await bundleHandler(`handlers/${name}.ts`, directory));

  const times = new Map<string, number[]>();
  for (let round = 0; round < sizes.coldLoads; round++) {
    say(`cold loads, round ${round + 1} of ${sizes.coldLoads}`);
    for (const [name, bundle] of bundles)
      times.set(name, [...(times.get(name) ?? []), await loadOnce(bundle)]);
  }
  const p50 = (name: string) => summarize(times.get(name) ?? []).p50;
  const figures: Figure[] = [];
  for (const name of names) {
    const { load, kilobytes }: { load?: number; kilobytes?: number } = BARS[name];
    const { size } = await stat(bundles.get(name) ?? "");
    const section = "Cold load";
    figures.push({
      section,
      name: `${name}, p50`,
      unit: "ms",
      ours: p50(name),
      floor: p50("bare"),
      atMost: load,
    });
    figures.push({ section, name: `${name}, minified`, unit: "kB", ours: size / 1000, atMost: kilobytes });
  }
  return figures;
}

/** @returns milliseconds, measured inside a new process */
async function loadOnce(bundle: string): Promise<number> {
  const script = `const begin = performance.now(); await import(process.argv[1]); process.stdout.write("\\n" + (performance.now() - begin)); process.exit()`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script, bundle]);
  return Number(stdout.split("\n").at(-1));
}
