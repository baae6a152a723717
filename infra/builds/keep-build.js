// @ts-check
/** Builds once for the same sources. What is half built is never used: a build appears under its name when it is whole. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import path from "node:path";

/** Whoever goes back and forth between two branches need not build each time, and a stack that runs keeps its pages. */
const KEPT = 4;

/** Sources that change for longer than that are not for building. */
const ATTEMPTS = 3;

/**
 * @param {object} kept
 * @param {string} kept.home the folder of all builds of this kind
 * @param {() => string} kept.digest of the sources, as they are now
 * @param {(directory: string) => Promise<void> | void} kept.build into an empty folder
 * @returns {Promise<string>} the folder of what these very sources build
 * @throws what the build throws, and an Error in a sentence when the sources change again and again while it runs
 */
export async function keepBuild({ home, digest, build }) {
  mkdirSync(home, { recursive: true });
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const wanted = digest();
    const finished = path.join(home, wanted);
    if (existsSync(finished)) {
      markUsed(finished);
      return finished;
    }
    removeOthers(home);
    const unfinished = mkdtempSync(path.join(home, `unfinished-${process.pid}-`));
    try {
      await build(unfinished);
      // Of files that changed meanwhile nobody knows which state was read.
      if (digest() === wanted) return appear(unfinished, finished);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  throw new Error("The sources change while they are built. Start again once they are saved.");
}

/**
 * @param {string} unfinished
 * @param {string} finished
 */
function appear(unfinished, finished) {
  try {
    renameSync(unfinished, finished);
  } catch (error) {
    // Another process has built the same meanwhile.
    if (!existsSync(finished)) throw error;
  }
  markUsed(finished);
  return finished;
}

/** @param {string} directory */
function markUsed(directory) {
  const now = new Date();
  try {
    utimesSync(directory, now, now);
  } catch {
    // Where it may only be read, nobody cleans up either.
  }
}

/** @param {string} home */
function removeOthers(home) {
  const names = readdirSync(home);
  const left = names.filter(
    (name) => name.startsWith("unfinished-") && !isRunning(Number(name.split("-")[1])),
  );
  const finished = names.filter((name) => !name.startsWith("unfinished-"));
  const usedAt = new Map(finished.map((name) => [name, usedLast(path.join(home, name))]));
  const old = finished
    .sort((one, other) => (usedAt.get(other) ?? 0) - (usedAt.get(one) ?? 0))
    .slice(KEPT - 1);
  for (const name of [...left, ...old]) rmSync(path.join(home, name), { recursive: true, force: true });
}

/** @param {string} directory */
const usedLast = (directory) => statSync(directory, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** @param {number} pid */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
