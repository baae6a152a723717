/** What a student does in any engine, in the words of a journey. */
import { randomUUID } from "node:crypto";
import { type Guest, role, testId, text } from "./guest.ts";

export const buyButton = role("button", /^Buy for/);
export const payButton = testId("pay");
export const signOutButton = role("button", /^Sign out$/);

/** Of somebody whom no other test knows. */
export const newAddress = () => `student-${randomUUID()}@example.com`;

/** From any page of the client, and back to it. */
export async function signIn(guest: Guest): Promise<void> {
  await guest.click(role("button", /^Sign in/));
  await signInAtIssuer(guest);
  await guest.waitFor(signOutButton);
}

/** On the issuer's page, once the client has led there. */
export async function signInAtIssuer(guest: Guest): Promise<void> {
  await guest.fill(role("textbox", /^Or be someone else$/), newAddress());
  await guest.click(role("button", /^Continue$/));
}

export async function fillCard({ form }: Guest, number: string): Promise<void> {
  await form.fill(role("textbox", /^Card number$/), number);
  await form.fill(role("textbox", /^Expiration date/), "12 / 34");
  await form.fill(role("textbox", /^Security code$/), "123");
  await form.fill(role("textbox", /^Name on card$/), "A Student");
}

/** On the page that Stripe returns to: each stage is a claim about what the API says. */
export async function waitForStage(guest: Guest, stage: string): Promise<void> {
  await guest.waitFor(testId(`stage-${stage}`));
}

export async function waitForMyCourse(guest: Guest, courseId: string): Promise<void> {
  await guest.click(role("link", /^My courses$/));
  await guest.waitFor(testId(`course-card-${courseId}`));
}

/** The course's page says "Enrolled" once it is the student's. */
export const enrolledBadge = text(/^Enrolled$/);
