/** What the browser gets from the stand-in beside the form's page. */
import { readBrowserFile } from "../../browser-files.ts";

interface BrowserAssets {
  stripeJs: string;
  formJs: string;
  formCss: string;
}

export async function loadBrowserAssets(): Promise<BrowserAssets> {
  const [stripeJs, formJs, formCss] = await Promise.all(
    ["stripe-js.js", "checkout-form.js", "checkout-form.css"].map(readBrowserFile),
  );
  return { stripeJs, formJs, formCss } as BrowserAssets;
}
