/** Buys courses in the running client, in English and in German, and makes the README's pictures of it. */
import { writeFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { launchBrowser, PHONE, settle } from "#test/support/browser.ts";
import { createStackPlace, removeStackPlace, startRunningStack } from "#test/support/running-stack.ts";
import {
  buyButton,
  courseCard,
  fillCard,
  payAndReturn,
  paymentForm,
  signIn,
  waitForStage,
} from "#test/support/student-browser.ts";
import { composePicture } from "./compose-picture.ts";
import { photographGerman } from "./photograph-german.ts";

const EMAIL = "ada@example.com";

async function openPage(browser: Browser, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    locale: "en-US",
    deviceScaleFactor: 2,
    reducedMotion: "reduce",
  });
  return context.newPage();
}

async function photograph(browser: Browser, clientUrl: string): Promise<Buffer[]> {
  const page = await openPage(browser, { width: 1200, height: 1040 });
  await page.goto(`${clientUrl}/courses/TEST-COURSE-001`);
  await signIn(page, EMAIL);
  await page.getByRole("button", { name: "Enroll for free" }).click();
  await page.getByText("Enrolled", { exact: true }).waitFor();

  await page.goto(clientUrl);
  await courseCard(page, "TEST-COURSE-001").getByText("Enrolled").waitFor();
  const catalogue = await page.screenshot();

  await page.setViewportSize({ width: 1040, height: 780 });
  await page.goto(`${clientUrl}/courses/TEST-COURSE-003`);
  await buyButton(page).click();
  await fillCard(page, CARDS.good);
  await paymentForm(page).locator("input[name=cardName]").fill("Ada Lovelace");
  await paymentForm(page).locator("input[name=cardName]").blur();
  const checkout = await page.screenshot();

  await payAndReturn(page);
  await waitForStage(page, "enrolled");
  await page.evaluate(settle);
  const purchase = await page.screenshot();

  const phone = await openPage(browser, PHONE);
  await phone.emulateMedia({ colorScheme: "dark" });
  await phone.goto(`${clientUrl}/courses/TEST-COURSE-005`);
  await buyButton(phone).waitFor();
  return [catalogue, checkout, purchase, await phone.screenshot()];
}

async function photographInGerman(browser: Browser, clientUrl: string): Promise<Buffer[]> {
  const desktop = await openPage(browser, { width: 1200, height: 1040 });
  const phone = await openPage(browser, PHONE);
  await phone.emulateMedia({ colorScheme: "dark" });
  return photographGerman({ desktop, phone }, clientUrl);
}

/** @returns the files that it has written */
export async function takeClientPictures(folder: string): Promise<string[]> {
  const place = await createStackPlace();
  const stack = await startRunningStack(place, { client: true });
  const browser = await launchBrowser();
  try {
    const [client, german, purchases] = [
      `${folder}/client.png`,
      `${folder}/client-german.png`,
      `${folder}/purchases.png`,
    ];
    await composePicture(browser, await photograph(browser, stack.clientUrl), client);
    const pictures = await photographInGerman(browser, stack.clientUrl);
    await composePicture(browser, pictures, german);
    await writeFile(purchases, pictures.at(-1) ?? "");
    return [client, german, purchases];
  } finally {
    await browser.close();
    await stack.stop();
    await removeStackPlace(place);
  }
}
