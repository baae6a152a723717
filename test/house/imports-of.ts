/** What our sources import, for the tests that hold the arrows of the house. */
import path from "node:path";
import { readTracked, trackedFiles } from "./tracked-files.ts";

/** Of the four rooms that ship or deploy; tests may import what they like. */
export const sources = trackedFiles.filter((file) =>
  /^(workflow|handlers|client|infra)\/.*\.tsx?$|^infra\/builds\//.test(file),
);

/** Every module that a file names, with our own ones as paths from the root. */
export function importsOf(file: string, text = readTracked(file)): string[] {
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map(
    (match) => match[1] ?? "",
  );
  return specifiers.map((specifier) => resolveImport(file, specifier));
}

/** @returns our own modules as paths from the root, others as they are named */
export function resolveImport(file: string, specifier: string): string {
  if (specifier.startsWith("#")) return specifier.slice(1);
  return specifier.startsWith(".") ? path.join(path.dirname(file), specifier) : specifier;
}

/** @returns a sentence for each import that must not be, within a folder */
export function offences(folder: string, forbidden: (imported: string) => boolean): string[] {
  return sources
    .filter((file) => file.startsWith(folder))
    .flatMap((file) =>
      importsOf(file)
        .filter(forbidden)
        .map((imported) => `${file} imports ${imported}`),
    );
}

export const within =
  (...folders: string[]) =>
  (imported: string) =>
    folders.some((folder) => imported.startsWith(folder));
