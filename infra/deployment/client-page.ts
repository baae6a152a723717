/** The function that chooses between pages, files and 404, as CloudFront runs it and the one-machine deployment too. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";

const source = readFileSync(new URL("client-page.js", import.meta.url), "utf8");

/** No cache keeps a page; the names in it have digests. */
export const PAGE_CACHE = "no-cache";

/**
 * @param directory what `vite build` wrote
 * @param headers of the answer 404, which the function gives itself: what CloudFront adds to others may not be added to it
 * @returns a script with a global `handler`
 */
export function writeClientPageFunction(directory: string, headers: Record<string, string>): string {
  const site = {
    files: ["/config.json", ...listFiles(directory)],
    headers: Object.fromEntries(
      Object.entries({
        "content-type": "text/html; charset=utf-8",
        "cache-control": PAGE_CACHE,
        ...headers,
      }).map(([name, value]) => [name, { value }]),
    ),
    page: readIfThere(join(directory, "index.html")),
  };
  return `var SITE = ${JSON.stringify(site)};\n${source}`;
}

interface PageRequest {
  request: { uri: string };
}

/** @returns the function itself: a request with the address of the file to serve, or an answer with `statusCode` */
export function runClientPageFunction(directory: string) {
  const context = createContext({});
  runInContext(writeClientPageFunction(directory, {}), context);
  return context["handler"] as (event: PageRequest) => { uri?: string; statusCode?: number };
}

const readIfThere = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");

/** At the top: folders end with a slash. */
function listFiles(directory: string): string[] {
  if (!existsSync(directory)) return [];
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries.map((entry) => `/${entry.name}${entry.isDirectory() ? "/" : ""}`);
}
