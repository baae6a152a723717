// @ts-check
/** What takes long to be found well is looked at once: it stays well until sources, packages or Node are other ones. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { digestSources, ROOT } from "./digest-sources.js";

/** More than anybody goes back and forth between. */
const MOST_MARKS = 50;

/** @type {Map<string, string>} */
const digests = new Map();

/**
 * @param {string} subject all that the look depends on, beside the sources
 * @param {object} kept
 * @param {string} kept.home the folder of what has been found well
 * @param {string[]} kept.sources what looks, as files and folders from the root
 * @param {() => void} kept.look throws when it is not well, and is then asked again the next time
 * @param {string} [root] the repository
 */
export function lookOnce(subject, { home, sources, look }, root = ROOT) {
  const places = sources.join("\0");
  const digest = digests.get(root + places) ?? digestSources(sources, root);
  digests.set(root + places, digest);
  const name = createHash("sha256").update(digest).update(subject).digest("hex");
  const mark = path.join(home, name);
  if (existsSync(mark)) return;
  look();
  try {
    mkdirSync(home, { recursive: true });
    if (readdirSync(home).length >= MOST_MARKS) rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    writeFileSync(mark, "");
  } catch {
    // A folder that cannot be written to costs time, and nothing else.
  }
}
