/** Puts another table of words in the place of the German one, on its way to the browser: no such table is shipped. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import type * as pseudoWords from "./pseudo-words.ts";

export async function serveWords(page: Page, table: keyof typeof pseudoWords): Promise<void> {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { ${table} as german } from "./pseudo-words.ts";`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    write: false,
    format: "esm",
  });
  const body = outputFiles[0]?.text ?? "";
  await page.route(/\/assets\/german-[^/]*\.js$/, (route) =>
    route.fulfill({ contentType: "text/javascript", body }),
  );
  // The page holds its scripts against their digests, and this is another script.
  await page.addInitScript(() => {
    const forget = () => document.querySelector("meta[name=digests]")?.remove();
    new MutationObserver(forget).observe(document, { childList: true, subtree: true });
  });
}
