/** A copy of the sources in which faults can be planted without harm. */
import { execFile } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { cp, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** A small change of one source file. */
export interface Change {
  /** From the repository's root. */
  file: string;
  /** Occurs exactly once in the file. */
  replace: string;
  by: string;
}

/**
 * The files that Git would keep, as they are now, committed or not; what is installed is shared, and so is what lies beside the project.
 * Removed when the process ends, in whichever way.
 *
 * @returns the copy's root
 */
export async function copySources(): Promise<string> {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await run("git", list, { cwd: repository, maxBuffer: 2 ** 24 });
  const parent = await mkdtemp(path.join(tmpdir(), "bursar-copy-"));
  process.once("exit", () => rmSync(parent, { recursive: true, force: true }));
  const root = path.join(parent, "bursar");
  for (const file of stdout.split("\0").filter(Boolean)) {
    // What is deleted and not committed yet is still listed.
    await cp(path.join(repository, file), path.join(root, file)).catch(whenMissing);
  }
  for (const shared of ["node_modules", ".artifacts", "../shared"]) {
    const original = path.join(repository, shared);
    if (existsSync(original)) await symlink(original, path.join(root, shared));
  }
  return root;
}

function whenMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** @returns what takes the change back */
export async function plant(root: string, change: Change): Promise<() => Promise<void>> {
  const file = path.join(root, change.file);
  const source = await readFile(file, "utf8");
  await writeFile(file, withChange(source, change));
  return () => writeFile(file, source);
}

/** @throws Error when the source has changed so that the change no longer has its one place */
export function withChange(source: string, { file, replace, by }: Change): string {
  const places = source.split(replace).length - 1;
  if (places !== 1) {
    throw new Error(`It cannot be planted: ${file} contains ${JSON.stringify(replace)} ${places} times.`);
  }
  return source.replace(replace, () => by);
}
