/** Everything that a program is made of: what its files import, in code and in style sheets, at once or later, but for types. */
import { importsOf, resolveImport } from "./imports-of.ts";
import { readTracked } from "./tracked-files.ts";

interface Reached {
  /** Our own, from the root. */
  files: string[];
  /** Of packages their names, with the file that imports them first. */
  packages: Map<string, string>;
}

const isOurs = (imported: string) =>
  /^(client|handlers|infra|workflow|test)\/|^package\.json$/.test(imported);

/** `@scope/name/file.js` is `@scope/name`. */
const packageOf = (imported: string) =>
  /^(?:node_modules\/)?((?:@[^/]+\/)?[^/]+)/.exec(imported)?.[1] ?? imported;

const TYPES_ONLY = /^(?:import|export) type [^;]*?from "[^"]+";/gms;

/** @param entries from the root */
export function reachedFrom(entries: string[]): Reached {
  const files = new Set(entries);
  const packages = new Map<string, string>();
  for (const file of files) {
    for (const imported of namedIn(file)) {
      if (isOurs(imported)) files.add(imported);
      else if (!imported.startsWith("node:")) packages.set(packageOf(imported), file);
    }
  }
  return { files: [...files], packages };
}

function namedIn(file: string): string[] {
  if (/\.(tsx?|js)$/.test(file)) return importsOf(file, readTracked(file).replaceAll(TYPES_ONLY, ""));
  if (!file.endsWith(".css")) return [];
  return [...readTracked(file).matchAll(/@import "([^"]+)"/g)].map(([, specifier = ""]) =>
    resolveImport(file, specifier),
  );
}
