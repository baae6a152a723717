/** Chromium and Firefox, driven by Puppeteer: the one by its own protocol, the other by WebDriver BiDi. */
import { type ElementHandle, type Frame, type LaunchOptions, launch, type Page } from "puppeteer-core";
import { type Driver, type Engine, NotYet, type Place, type Query } from "./driver.ts";
import type { InPage } from "./in-page.ts";

const VIEWPORT = { width: 1280, height: 900 };

/** @param inPage the compiled in-page.ts */
export async function launchWithPuppeteer(options: LaunchOptions, inPage: string): Promise<Engine> {
  const browser = await launch({ ...options, headless: true, defaultViewport: VIEWPORT });
  return {
    async openWindow() {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url ?? ""}`);
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.evaluateOnNewDocument(inPage);
      return driverOf(page, { inPage, complaints, close: () => context.close() });
    },
    close: () => browser.close(),
  };
}

interface Window {
  inPage: string;
  complaints: string[];
  close: () => Promise<void>;
}

function driverOf(page: Page, { inPage, complaints, close }: Window): Driver {
  async function frameOf(place: Place): Promise<Frame> {
    if (place === "page") return page.mainFrame();
    const frame = await (await page.$("iframe"))?.contentFrame();
    if (!frame) throw new Error("there is no frame yet");
    return frame;
  }
  const question = (name: keyof InPage, query: Query) =>
    `${inPage};window.bursarPage.${name}(${JSON.stringify(query)})`;
  async function find(query: Query, place: Place): Promise<ElementHandle<HTMLInputElement>> {
    const frame = await frameOf(place);
    const found = (await frame.evaluateHandle(question("findToUse", query))).asElement();
    if (!found) throw new NotYet(query);
    return found as ElementHandle<HTMLInputElement>;
  }
  return {
    open: async (address) => void (await page.goto(address)),
    read: async (query, place) =>
      (await (await frameOf(place)).evaluate(question("read", query))) as string | null,
    isFocused: async (query, place) =>
      (await (await frameOf(place)).evaluate(question("isFocused", query))) as boolean,
    click: async (query, place) => (await find(query, place)).click(),
    async fill(query, text, place) {
      const field = await find(query, place);
      await field.click();
      await field.evaluate((input) => input.select());
      await page.keyboard.type(text);
    },
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    run: (script) => page.evaluate(script),
    screenshot: async () => Buffer.from(await page.screenshot()),
    complaints: async () => complaints.splice(0),
    close,
  };
}
