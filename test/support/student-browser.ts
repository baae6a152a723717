/** What a student does in the browser, in the words of a test. */
import type { FrameLocator, Page } from "playwright-core";

/** From any page of the client, and back to it. @param email of whoever the test wants to be */
export async function signIn(page: Page, email: string): Promise<void> {
  await page
    .getByRole("button", { name: /^Sign in/ })
    .first()
    .click();
  await chooseStudent(page, email);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

/** On the issuer's page, once the client has led there. */
async function chooseStudent(page: Page, email: string): Promise<void> {
  await page.getByLabel("Or be someone else").fill(email);
  await page.getByRole("button", { name: "Continue" }).click();
}

export const buyButton = (page: Page) => page.getByRole("button", { name: /^Buy for/ });

export const paymentForm = (page: Page): FrameLocator => page.getByTestId("checkout").frameLocator("iframe");

/** @param number a test card number */
export async function fillCard(page: Page, number: string): Promise<void> {
  const form = paymentForm(page);
  await form.locator('input[name="cardNumber"]').fill(number);
  await form.locator('input[name="cardExpiry"]').fill("12 / 34");
  await form.locator('input[name="cardCvc"]').fill("123");
  await form.locator('input[name="cardName"]').fill("A Student");
}

export async function fillDebit(page: Page, iban: string): Promise<void> {
  const form = paymentForm(page);
  await form.getByLabel("SEPA Debit").check();
  await form.locator('input[name="iban"]').fill(iban);
  await form.locator('input[name="accountName"]').fill("A Student");
}

export const pay = (page: Page) => paymentForm(page).getByTestId("pay").click();

/** Pays and waits for the page that Stripe returns to. @returns the checkout session's id, as the address has it */
export async function payAndReturn(page: Page): Promise<string> {
  await pay(page);
  return readReturn(page);
}

export async function readReturn(page: Page): Promise<string> {
  await page.waitForURL(/\/checkout\/return\?session_id=cs_test_/);
  return new URL(page.url()).searchParams.get("session_id") ?? "";
}

/** The timeline's stage that the page shows; each is a claim about what the API says. */
export const waitForStage = (page: Page, stage: string) => page.getByTestId(`stage-${stage}`).waitFor();

export const courseCard = (page: Page, courseId: string) => page.getByTestId(`course-card-${courseId}`);

/** Courses are taken elsewhere; a test goes no farther than their door. */
export const serveCourses = (page: Page) =>
  page.route("https://example.com/**", (route) => route.fulfill({ body: "The course itself" }));

export async function waitForEnrolledBadge(page: Page, courseId: string): Promise<void> {
  await page.goto(new URL("/", page.url()).href);
  await courseCard(page, courseId).getByText("Enrolled").waitFor();
}

/** Of whoever is signed in. */
export const readUserId = (page: Page) =>
  page.evaluate(
    () => (JSON.parse(sessionStorage.getItem("bursar.session") ?? "{}") as { userId: string }).userId,
  );
