/** How long `npm start` takes until a browser has the catalogue, and what it then takes of the memory. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  createStackPlace,
  environmentOf,
  followStart,
  removeStackPlace,
  type StackPlace,
} from "#test/support/running-stack.ts";
import type { Figure } from "./figure.ts";
import { summarize } from "./interleave.ts";
import type { BenchRun } from "./run-bench.ts";

const SECTION = "Start";
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** All that a start reads. */
const COPIED = [
  "client",
  "handlers",
  "infra",
  "workflow",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** Until what was needed for the start alone has been given back. */
const AT_REST_MS = 5_000;

export async function measureStart({ directory, sizes, report }: BenchRun): Promise<Figure[]> {
  const house = await copyHouse(directory);
  const place = await createStackPlace();
  try {
    report("the first start, which builds");
    const first = await start(house, place);
    await first.stop();
    const ours: number[] = [];
    const nothing: number[] = [];
    for (let round = 1; round <= sizes.starts; round += 1) {
      report(`starts, round ${round} of ${sizes.starts}`);
      nothing.push(await timeOfNothing(house));
      const next = await start(house, place);
      ours.push(next.usableAfterMs);
      await next.stop();
    }
    report("memory at rest");
    const last = await start(house, place);
    await pause(AT_REST_MS);
    const atRest = memoryOf(last.pid);
    await last.stop();
    return describe({ first: first.usableAfterMs, ours, nothing, atRest });
  } finally {
    await removeStackPlace(place);
  }
}

interface Measured {
  first: number;
  ours: number[];
  nothing: number[];
  atRest: number;
}

function describe({ first, ours, nothing, atRest }: Measured): Figure[] {
  const second = summarize(ours).p50;
  const floor = summarize(nothing).p50;
  const catalogue = "second start to the catalogue";
  return [
    { section: SECTION, name: `${catalogue}, and npm's own`, unit: "ms", ours: second, floor, atMost: 5 },
    { section: SECTION, name: catalogue, unit: "ms", ours: second, atMost: 1_200 },
    { section: SECTION, name: "first start to the catalogue", unit: "ms", ours: first },
    { section: SECTION, name: "memory at rest", unit: "MB", ours: atRest, atMost: 250 },
  ];
}

/** Sources without anything built of them, with the packages that are installed. */
async function copyHouse(directory: string): Promise<string> {
  const house = path.join(directory, "house");
  await mkdir(house);
  for (const name of COPIED) await cp(path.join(ROOT, name), path.join(house, name), { recursive: true });
  await symlink(path.join(ROOT, "node_modules"), path.join(house, "node_modules"));
  const file = path.join(house, "package.json");
  const packageJson = JSON.parse(await readFile(file, "utf8")) as { scripts: Record<string, string> };
  packageJson.scripts["nothing"] = "node -e 0";
  await writeFile(file, JSON.stringify(packageJson));
  return house;
}

/** @returns milliseconds of npm and Node alone */
async function timeOfNothing(house: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn("npm", ["run", "--silent", "nothing"], { cwd: house, stdio: "ignore" });
  const [code] = (await once(child, "exit")) as [number];
  if (code !== 0) throw new Error(`npm alone ended with ${code}`);
  return performance.now() - startedAt;
}

/** @returns from the command to the catalogue, in milliseconds, and what runs then */
async function start(house: string, place: StackPlace) {
  const startedAt = performance.now();
  const child = spawn("npm", ["start", "--silent", "--", "--json"], {
    cwd: house,
    env: { ...process.env, BURSAR_ENV_FILE: "", ...environmentOf(place) },
  });
  const exited = once(child, "exit");
  const following = followStart(child, place);
  const usable = catalogueOf(place).then(() => performance.now() - startedAt);
  const [{ pid }, usableAfterMs] = await Promise.all([following, usable]);
  return {
    pid,
    usableAfterMs,
    async stop() {
      // Not the shell in between, which hands no signal on.
      process.kill(pid, "SIGINT");
      await exited;
    },
  };
}

/** Resolves once the page and what it shows can be had. */
async function catalogueOf({ ports }: StackPlace): Promise<void> {
  const isThere = (where: string) =>
    fetch(`http://localhost:${ports.http}${where}`).then(
      async (answer) => answer.ok && (await answer.text()) !== "",
      () => false,
    );
  while (!((await isThere("/")) && (await isThere("/api/courses")))) await pause(5);
}

/** @returns megabytes of a process and of those that it has started */
function memoryOf(root: number): number {
  const listed = execFileSync("ps", ["-A", "-o", "pid=,ppid=,rss="], { encoding: "utf8" });
  const processes = listed
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = new Set([root]);
  for (const parent of found) {
    for (const [pid = 0, ppid] of processes) if (ppid === parent) found.add(pid);
  }
  const kilobytes = processes.filter(([pid = 0]) => found.has(pid)).map(([, , rss = 0]) => rss);
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1000;
}
