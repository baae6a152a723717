/** What a student does in the browser, in the words of a test. */
import { expect } from "vitest";
import type { FrameLocator, Page } from "playwright-core";

export async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in" }).first().click();
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.getByRole("button", { name: "Sign out" }).first().waitFor();
}

export const paymentForm = (page: Page): FrameLocator => page.getByTestId("checkout").frameLocator("iframe");

export interface Card {
  number: string;
  expiry?: string;
  cvc?: string;
}

export async function fillCard(page: Page, { number, expiry = "12 / 34", cvc = "123" }: Card): Promise<void> {
  const form = paymentForm(page);
  await form.locator('input[name="cardNumber"]').fill(number);
  await form.locator('input[name="cardExpiry"]').fill(expiry);
  await form.locator('input[name="cardCvc"]').fill(cvc);
  await form.locator('input[name="cardName"]').fill("A Student");
}

export const pay = (page: Page) => paymentForm(page).getByTestId("pay").click();

/** The timeline's stage that the page shows; each is a claim about what the API says. */
export const waitForStage = (page: Page, stage: string) => page.getByTestId(`stage-${stage}`).first().waitFor();

export async function expectEnrolledBadge(page: Page, courseId: string): Promise<void> {
  await page.goto(new URL("/", page.url()).href);
  await page.getByTestId(`course-card-${courseId}`).getByText("Enrolled").waitFor();
  expect(await page.getByTestId(`course-card-${courseId}`).getByText("Enrolled").isVisible()).toBe(true);
}
