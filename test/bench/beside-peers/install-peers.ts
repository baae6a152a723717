/** Installs what the peers are made of, beside the product and never in it. */
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const SOURCES = fileURLToPath(new URL("../peers", import.meta.url));
/** Git does not see it, and it outlives a run. */
const PLACE = path.join(SOURCES, "../../../.bench/peers");

/**
 * @returns the folder with the peers' sources and their packages
 * @throws Error when the packages are not here and the registry does not give them
 */
export async function installPeers(): Promise<string> {
  await mkdir(PLACE, { recursive: true });
  await cp(SOURCES, PLACE, { recursive: true });
  const lock = await readFile(path.join(PLACE, "package-lock.json"), "utf8");
  const installed = path.join(PLACE, "installed.json");
  if ((await readFile(installed, "utf8").catch(() => "")) === lock) return PLACE;
  await run("npm", ["ci", "--ignore-scripts", "--fetch-retries=1"], { cwd: PLACE });
  await writeFile(installed, lock);
  return PLACE;
}
