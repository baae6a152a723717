/** What a student sees who buys in German: the windows and the phone of a picture, and the list of purchases by itself. */
import type { Page } from "playwright-core";
import { CARDS } from "#infra/local/stripe/checkout/test-numbers.ts";
import { settle } from "#test/support/browser.ts";
import {
  courseCard,
  fillCard,
  payAndReturn,
  paymentForm,
  signIn,
  waitForStage,
} from "#test/support/student-browser.ts";

interface Windows {
  desktop: Page;
  phone: Page;
}

/** @returns PNGs: the catalogue, the checkout, the finished purchase, the phone; and the purchases in English */
export async function photographGerman({ desktop, phone }: Windows, clientUrl: string): Promise<Buffer[]> {
  await desktop.goto(clientUrl);
  await signIn(desktop, "grace@example.com");
  await chooseGerman(desktop);
  await desktop.goto(`${clientUrl}/checkout/TEST-COURSE-005`);
  await paymentForm(desktop).getByTestId("pay").waitFor();

  await desktop.setViewportSize({ width: 1040, height: 780 });
  await desktop.goto(`${clientUrl}/checkout/TEST-COURSE-003`);
  await fillCard(desktop, CARDS.good);
  const checkout = await desktop.screenshot();
  await payAndReturn(desktop);
  await waitForStage(desktop, "enrolled");
  await desktop.evaluate(settle);
  const purchase = await desktop.screenshot();

  await desktop.setViewportSize({ width: 1200, height: 1040 });
  await desktop.goto(clientUrl);
  await courseCard(desktop, "TEST-COURSE-003").getByText("Eingeschrieben").waitFor();
  const catalogue = await desktop.screenshot();

  await phone.goto(clientUrl);
  await chooseGerman(phone);
  await phone.goto(`${clientUrl}/courses/TEST-COURSE-005`);
  await phone.getByRole("button", { name: /^Für/ }).waitFor();
  const course = await phone.screenshot();

  await desktop.setViewportSize({ width: 1040, height: 560 });
  await desktop.goto(`${clientUrl}/purchases`);
  await desktop.getByRole("contentinfo").getByRole("combobox").selectOption("English");
  await desktop.getByRole("heading", { level: 1, name: "Purchases" }).waitFor();
  return [catalogue, checkout, purchase, course, await desktop.screenshot()];
}

async function chooseGerman(page: Page): Promise<void> {
  await page.getByRole("contentinfo").getByRole("combobox").selectOption("Deutsch");
  await page.waitForFunction(() => document.documentElement.lang === "de");
}
