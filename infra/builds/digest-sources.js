// @ts-check
/** A digest of all that a build is made of. Plain scripts in this folder: they run before anything can read TypeScript. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What every build depends on: the packages, as they are asked for and as they are installed, and how they are used. */
const ALWAYS = [
  "package.json",
  "package-lock.json",
  "node_modules/.package-lock.json",
  "tsconfig.json",
  "infra/builds",
  "infra/command-line",
];

/**
 * Another one whenever a file is changed, added, removed or renamed, a package is installed in another version, or Node is
 * another one.
 * @param {string[]} places files and folders with all that is in them, from the root
 * @param {string} [root] the repository
 */
export function digestSources(places, root = ROOT) {
  const digest = createHash("sha256").update(`${process.version}\0${path.resolve(root)}\0`);
  for (const file of [...ALWAYS, ...places].flatMap((place) => filesIn(root, place))) {
    const content = readFileSync(path.join(root, file));
    digest.update(`${file}\0${content.length}\0`).update(content);
  }
  return digest.digest("hex").slice(0, 24);
}

/**
 * @param {string} root
 * @param {string} place
 * @returns {string[]} in the order of their names; none when there is nothing
 */
function filesIn(root, place) {
  /** @type {import("node:fs").Dirent[]} */
  let entries;
  try {
    entries = readdirSync(path.join(root, place), { withFileTypes: true });
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "ENOTDIR") return [place];
    if (code === "ENOENT") return [];
    throw error;
  }
  return entries
    .filter(({ name }) => !isByproduct(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = `${place}/${entry.name}`;
      return entry.isDirectory() ? filesIn(root, inner) : [inner];
    });
}

/** @param {string} name what a look at the types leaves behind */
const isByproduct = (name) => name.endsWith(".tsbuildinfo");
