/** Debian's Chromium, driven by playwright-core; every page complains to the test about console errors. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const EXECUTABLES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const artefacts = fileURLToPath(new URL("../../.artifacts/screenshots", import.meta.url));

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

export async function launchBrowser(): Promise<Browser> {
  const executablePath =
    process.env["CHROMIUM_PATH"] ?? EXECUTABLES.find((candidate) => existsSync(candidate));
  if (!executablePath) throw new Error("The browser tests need Chromium: install it, or set CHROMIUM_PATH.");
  return chromium.launch({ executablePath, args: FLAGS });
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** What the page's console called an error, and what the page threw. */
  complaints: string[];
}

export async function visit(browser: Browser, viewport: { width: number; height: number }): Promise<Visit> {
  const context = await browser.newContext({ viewport, locale: "en-US" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return { context, page, complaints };
}

/** Kept under an ignored folder, for people to look at after a run. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(artefacts, { recursive: true });
  await page.screenshot({ path: path.join(artefacts, `${name}.png`), fullPage: true });
}
