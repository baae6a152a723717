/** WebKitGTK's MiniBrowser, driven by WebDriver on a screen that nobody sees. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Builder, By, Capabilities, Key, type WebDriver, type WebElement } from "selenium-webdriver";
import { vi } from "vitest";
import { eachInTime, inTime } from "#handlers/adapters/in-time.ts";
import { findFreePorts } from "#infra/local/ports.ts";
import { type Driver, type Engine, NotYet, type Place, type Query } from "./driver.ts";
import type { InPage } from "./in-page.ts";

/** As tall as the checkout: for what is in a frame, this driver does not scroll the page around it. */
const WINDOW = { width: 1280, height: 1600 };
const SCREEN = "1400x1700x24";
/** In milliseconds; the driver's own are 30 s and 5 min, which is longer than a journey. */
const LIMITS = { script: 10_000, pageLoad: 15_000 };
const CLICK_LIMIT = 10_000;
const WINDOW_LIMIT = 15_000;
/** In milliseconds. It has left a command without an answer and answered the next: whoever waits for something asks again. */
const COMMAND_LIMIT = 15_000;

/** @param inPage the compiled in-page.ts */
export async function launchWebKit(miniBrowser: string, inPage: string): Promise<Engine> {
  const screen = spawnHere("Xvfb", ["-displayfd", "3", "-screen", "0", SCREEN, "-nolisten", "tcp"]);
  const display = await readLine(screen.stdio[3] as Readable);
  const openWindow = () => openOn(display, miniBrowser, inPage);
  return {
    openWindow: () => vi.waitFor(openWindow, { timeout: 4 * WINDOW_LIMIT }),
    async close() {
      screen.kill();
    },
  };
}

/** With a WebKitWebDriver of its own: one that opens its next window while the last one ends has been seen to do neither. */
async function openOn(display: string, miniBrowser: string, inPage: string): Promise<Driver> {
  const { http: port } = await findFreePorts();
  // In this locale `navigator.language` is "C", which is no language tag: the client has to do with it.
  const server = spawnHere("WebKitWebDriver", [`--port=${port}`], {
    DISPLAY: `:${display}`,
    LC_ALL: "C.UTF-8",
  });
  const url = `http://127.0.0.1:${port}`;
  const capabilities = new Capabilities({
    browserName: "MiniBrowser",
    "webkitgtk:browserOptions": { binary: miniBrowser, args: ["--automation"] },
  });
  async function begin(): Promise<WebDriver> {
    await vi.waitFor(() => fetch(`${url}/status`), { timeout: WINDOW_LIMIT });
    const window = await new Builder().usingServer(url).withCapabilities(capabilities).build();
    await window.manage().window().setRect(WINDOW);
    await window.manage().setTimeouts(LIMITS);
    return window;
  }
  try {
    const window = await inTime(begin(), WINDOW_LIMIT, "a window of WebKitGTK");
    const close = () =>
      inTime(window.quit(), WINDOW_LIMIT, "quit")
        .catch(unlessLate)
        .finally(() => void server.kill());
    return { ...eachInTime(driverOf(window, inPage), COMMAND_LIMIT, "WebKitWebDriver"), close };
  } catch (error) {
    console.warn("WebKitGTK has opened no window:", error);
    server.kill();
    throw error;
  }
}

/** A process that does not outlive this one, however this one ends. */
function spawnHere(command: string, args: string[], env: Record<string, string> = {}): ChildProcess {
  return spawn("setpriv", ["--pdeathsig", "TERM", "--", command, ...args], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
    env: { ...process.env, ...env },
  });
}

async function readLine(stream: Readable): Promise<string> {
  for await (const line of createInterface(stream)) return line;
  throw new Error("Xvfb ended without a display");
}

function unlessLate(error: Error): void {
  if (error.name !== "TimeoutError") throw error;
}

function driverOf(window: WebDriver, inPage: string): Omit<Driver, "close"> {
  async function ask<Answer>(name: keyof InPage, place: Place, ...args: unknown[]): Promise<Answer> {
    await window.switchTo().defaultContent();
    if (place === "frame") await window.switchTo().frame(await window.findElement(By.css("iframe")));
    return window.executeScript<Answer>(`${inPage};return window.bursarPage.${name}(...arguments)`, ...args);
  }
  async function find(query: Query, place: Place): Promise<WebElement> {
    const found = await ask<WebElement | null>("findToUse", place, query);
    if (!found) throw new NotYet(query);
    return found;
  }
  const type = (text: string) => window.actions().sendKeys(text).perform();
  return {
    open: (address) => window.get(address),
    read: (query, place) => ask("read", place, query),
    isFocused: (query, place) => ask("isFocused", place, query),
    async click(query, place) {
      const found = await find(query, place);
      // A click that leads away may be left without an answer: what it led to is waited for anyway.
      await inTime(found.click(), CLICK_LIMIT, "click").catch(unlessLate);
    },
    async fill(query, text, place) {
      const field = await find(query, place);
      // This driver calls what is in a frame of another site not focusable.
      if (place === "frame") return ask("fill", place, field, text);
      await field.clear();
      await field.sendKeys(text);
    },
    press: (key) => type({ Tab: Key.TAB, Enter: Key.ENTER }[key]),
    type,
    run: (script) => window.executeScript(`return ${script}`),
    screenshot: async () => Buffer.from(await window.takeScreenshot(), "base64"),
    complaints: async () => [
      ...(await ask<string[]>("drain", "page")),
      ...(await ask<string[]>("drain", "frame").catch(() => [])),
    ],
  };
}
