/** What a file of ours imports. */
import path from "node:path";
import { readTracked } from "./tracked-files.ts";

/** Every module that a file names, with our own ones as paths from the root. */
export function importsOf(file: string): string[] {
  const named = [...readTracked(file).matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)];
  return named.map(([, specifier = ""]) => {
    if (specifier.startsWith("#")) return specifier.slice(1);
    return specifier.startsWith(".") ? path.join(path.dirname(file), specifier) : specifier;
  });
}
