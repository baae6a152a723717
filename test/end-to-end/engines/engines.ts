/** The engines that every journey is made in, and what to install where one is missing. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { CHROMIUM_FLAGS, findChromium } from "#test/support/browser.ts";
import type { Engine } from "./driver.ts";
import { launchWithPuppeteer } from "./puppeteer-engine.ts";
import { launchWebKit } from "./webkit-engine.ts";

/** A machine that checks everything for everybody has every engine. */
const isEveryEngineWanted = process.env["BURSAR_EVERY_ENGINE"] === "on";

interface InstallableEngine {
  engine: string;
  /** Undefined where it is installed; else Debian's packages. */
  missing: string | undefined;
  launch(): Promise<Engine>;
}

const FIREFOX = process.env["FIREFOX_PATH"] ?? "/usr/bin/firefox-esr";
const MINI_BROWSER = `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/webkit2gtk-4.1/MiniBrowser`;
const WEBKIT = [MINI_BROWSER, "/usr/bin/WebKitWebDriver", "/usr/bin/Xvfb", "/usr/bin/setpriv"];

function inPage(): string {
  const entryPoints = [fileURLToPath(new URL("in-page.ts", import.meta.url))];
  const { outputFiles } = buildSync({
    entryPoints,
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}

const chromium = findChromium();

const ENGINES: InstallableEngine[] = [
  {
    engine: "Chromium",
    missing: chromium ? undefined : "chromium",
    launch: async () =>
      launchWithPuppeteer(
        { browser: "chrome", executablePath: chromium ?? "", args: CHROMIUM_FLAGS },
        inPage(),
      ),
  },
  {
    engine: "Firefox",
    missing: existsSync(FIREFOX) ? undefined : "firefox-esr",
    launch: async () => launchWithPuppeteer({ browser: "firefox", executablePath: FIREFOX }, inPage()),
  },
  {
    engine: "WebKitGTK",
    missing: WEBKIT.every((file) => existsSync(file)) ? undefined : "webkit2gtk-driver xvfb",
    launch: async () => launchWebKit(MINI_BROWSER, inPage()),
  },
];

/** Those of this machine; every one, where a missing one is an error. */
export const WANTED_ENGINES = ENGINES.filter(({ engine, missing }) => {
  if (missing) console.warn(`${engine} is not on this machine: apt-get install ${missing}`);
  return !missing || isEveryEngineWanted;
}).map(({ engine, missing, launch }) => ({
  engine,
  launch: async () => {
    if (missing) throw new Error(`${engine} is not on this machine: apt-get install ${missing}`);
    return launch();
  },
}));
