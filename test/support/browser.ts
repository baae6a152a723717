/** Debian's Chromium, driven by playwright-core; every page complains to the test about console errors. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const EXECUTABLES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const ARTEFACTS = fileURLToPath(new URL("../../.artifacts/screenshots", import.meta.url));

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

export interface Device {
  device: string;
  viewport: { width: number; height: number };
  /** What the browser's language is, instead of American English. */
  locale?: string;
}

export const DEVICES: Device[] = [
  { device: "desktop", viewport: DESKTOP },
  { device: "phone", viewport: PHONE },
];

export const findChromium = (): string | undefined =>
  process.env["CHROMIUM_PATH"] ?? EXECUTABLES.find((candidate) => existsSync(candidate));

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("The browser tests need Chromium: install it, or set CHROMIUM_PATH.");
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** What the consoles of the context's pages called an error, and what the pages threw; with the address it is about. */
  complaints: string[];
}

/** Motion is reduced, so that a picture does not depend on when it is taken. */
export async function visit(
  browser: Browser,
  viewport: { width: number; height: number },
  locale = "en-US",
): Promise<Visit> {
  const context = await browser.newContext({ viewport, locale, reducedMotion: "reduce" });
  const complaints: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
  });
  context.on("weberror", (weberror) => complaints.push(weberror.error().message));
  context.setDefaultTimeout(60_000);
  return { context, page: await context.newPage(), complaints };
}

/** Runs in the page: waits out transitions. A change of colours is one too, and axe would measure a colour on its way. */
export async function settle(): Promise<void> {
  await new Promise(requestAnimationFrame);
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map((animation) => animation.finished));
}

/** Kept under an ignored folder, for people to look at after a run. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(ARTEFACTS, { recursive: true });
  await page.screenshot({ path: path.join(ARTEFACTS, `${name}.png`), fullPage: true });
}
