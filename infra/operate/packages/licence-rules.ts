/** Which licences may be in what is shipped, and in what only runs, builds and tests it. */
import type { InstalledPackage } from "./installed.ts";

/** They ask for no more than that their text goes along. */
const PERMISSIVE = [
  "MIT",
  "MIT-0",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "Python-2.0",
];

/** Tools that are run as they are and not passed on. */
const FOR_TOOLS = [...PERMISSIVE, "MPL-2.0", "Zlib"];

/** @returns those whose licence is not stated, or nobody has said that it may be used */
export function findForbidden(installed: InstalledPackage[]): InstalledPackage[] {
  return installed.filter(({ licence, shipped }) => !isAllowed(licence, shipped ? PERMISSIVE : FOR_TOOLS));
}

/** Of alternatives one is enough, of what holds together all: `(MIT OR GPL-3.0-or-later)`. */
function isAllowed(licence: string, allowed: string[]): boolean {
  const expression = licence.replace(/^\((.*)\)$/, "$1");
  if (/[()]/.test(expression)) return false;
  return expression
    .split(" OR ")
    .some((one) => one.split(" AND ").every((name) => allowed.includes(name.trim())));
}
