/** Compiles what runs in the browser. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export interface BrowserAssets {
  stripeJs: string;
  formJs: string;
  formCss: string;
}

export async function loadBrowserAssets(): Promise<BrowserAssets> {
  const [stripeJs, formJs, formCss] = await Promise.all([
    compile("stripe-js.ts"),
    compile("checkout-form.ts"),
    readFile(sourceOf("checkout-form.css"), "utf8"),
  ]);
  return { stripeJs, formJs, formCss };
}

async function compile(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [sourceOf(name)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}

const sourceOf = (name: string) => fileURLToPath(new URL(`../browser/${name}`, import.meta.url));
