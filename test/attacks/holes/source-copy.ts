/** A copy of the tracked sources in which holes can be planted without harm. */
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { cp, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Hole } from "./hole.ts";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const run = promisify(execFile);

/**
 * Tracked files as they are now, committed or not; what is installed is shared. Removed when the process ends, in
 * whichever way.
 *
 * @returns the copy's root
 */
export async function copySources(): Promise<string> {
  const { stdout } = await run("git", ["ls-files", "-z"], { cwd: repository, maxBuffer: 2 ** 24 });
  const root = await mkdtemp(path.join(tmpdir(), "bursar-holes-"));
  process.once("exit", () => rmSync(root, { recursive: true, force: true }));
  for (const file of stdout.split("\0").filter(Boolean)) {
    // What is deleted and not committed yet is still listed.
    await cp(path.join(repository, file), path.join(root, file)).catch(whenMissing);
  }
  await symlink(path.join(repository, "node_modules"), path.join(root, "node_modules"));
  return root;
}

function whenMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** @returns what fills the hole again */
export async function plant(root: string, hole: Hole): Promise<() => Promise<void>> {
  const file = path.join(root, hole.file);
  const source = await readFile(file, "utf8");
  await writeFile(file, withHole(source, hole));
  return () => writeFile(file, source);
}

/** @throws Error when the source has changed so that the hole no longer has its one place */
export function withHole(source: string, { file, hole, replace, by }: Hole): string {
  const places = source.split(replace).length - 1;
  if (places !== 1) {
    throw new Error(
      `"${hole}" cannot be planted: ${file} contains ${JSON.stringify(replace)} ${places} times.`,
    );
  }
  return source.replace(replace, () => by);
}
