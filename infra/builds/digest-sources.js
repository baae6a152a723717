// @ts-check
/** A digest of all that a build is made of. Plain scripts in this folder: they run before anything can read TypeScript. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
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
    const content = unlessGone(() => readFileSync(path.join(root, file)));
    if (content) digest.update(`${file}\0${content.length}\0`).update(content);
  }
  return digest.digest("hex").slice(0, 24);
}

/**
 * @param {string} root
 * @param {string} place
 * @returns {string[]} in the order of their names; none when there is nothing
 */
function filesIn(root, place) {
  const found = unlessGone(() => statSync(path.join(root, place)));
  if (!found?.isDirectory()) return found?.isFile() ? [place] : [];
  return (unlessGone(() => readdirSync(path.join(root, place), { withFileTypes: true })) ?? [])
    .filter(({ name }) => !isByproduct(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = `${place}/${entry.name}`;
      return entry.isFile() ? [inner] : filesIn(root, inner);
    });
}

/** @param {string} name what a look at the types leaves behind */
const isByproduct = (name) => name.endsWith(".tsbuildinfo");

/**
 * An editor's own files come and go while it writes.
 * @template Found
 * @param {() => Found} look
 * @returns {Found | undefined}
 */
function unlessGone(look) {
  try {
    return look();
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    throw error;
  }
}
