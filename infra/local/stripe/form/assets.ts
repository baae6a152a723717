/** What the browser gets from the stand-in beside the form's page. */
import { bundleForBrowser } from "../../bundle-for-browser.ts";

interface BrowserAssets {
  stripeJs: string;
  formJs: string;
  formCss: string;
}

let compiled: Promise<BrowserAssets> | undefined;

/** Compiled once for all stand-ins of a process. */
export function loadBrowserAssets(): Promise<BrowserAssets> {
  compiled ??= compileAll();
  return compiled;
}

async function compileAll(): Promise<BrowserAssets> {
  const [stripeJs, formJs, formCss] = await Promise.all(
    ["stripe-js.ts", "checkout-form.ts", "checkout-form.css"].map((name) =>
      bundleForBrowser(new URL(`../browser/${name}`, import.meta.url)),
    ),
  );
  return { stripeJs, formJs, formCss } as BrowserAssets;
}
