/** The running stack and one browser for a file of tests; after each test no page may have complained. */
import { randomUUID } from "node:crypto";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import type { Knobs } from "#infra/local/stripe/control/knobs.ts";
import { DEVICES, type Device, launchBrowser, type Visit, visit } from "#test/support/browser.ts";
import { signIn } from "#test/support/student-browser.ts";

interface Guest extends Visit {
  /** Console errors that this test is about, as the browser words them; each has to occur. */
  expectComplaints(...patterns: RegExp[]): void;
}

export interface Student extends Guest {
  email: string;
}

interface Watched extends Visit {
  expected: RegExp[];
}

export function runBursar() {
  const stack = inject("stack");
  let browser: Browser;
  const visits: Watched[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterEach(async () => {
    const ended = visits.splice(0);
    await Promise.all(ended.map(({ context }) => context.close()));
    for (const { complaints, expected } of ended) {
      expect(complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)))).toEqual(
        [],
      );
      expect(expected.filter((pattern) => !complaints.some((complaint) => pattern.test(complaint)))).toEqual(
        [],
      );
    }
  });

  afterAll(() => browser?.close());

  async function openPage(path: string, { viewport, locale }: Device): Promise<Guest> {
    const opened = { ...(await visit(browser, viewport, locale)), expected: [] as RegExp[] };
    visits.push(opened);
    await opened.page.goto(stack.clientUrl + path);
    return { ...opened, expectComplaints: (...patterns) => opened.expected.push(...patterns) };
  }

  return {
    stack,
    url: (path: string) => stack.clientUrl + path,
    openPage,

    /** Somebody whom no other test knows, signed in, at an address of the client. */
    async openAsStudent(path: string, device: Device): Promise<Student> {
      const guest = await openPage(path, device);
      const email = `student-${randomUUID()}@example.com`;
      await signIn(guest.page, email);
      return { ...guest, email };
    },

    /** Makes Stripe misbehave for one test. */
    async turnKnobs(knobs: Partial<Knobs>): Promise<void> {
      const response = await fetch(`${stack.stripeUrl}/_bursar/knobs`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(knobs),
      });
      expect(response.ok).toBe(true);
    },
  };
}

/** Longer than any test: a bank that takes its time for a debit decides when it is told to. */
export const FOR_THE_BANK_MS = 600_000;

/** For journeys that mostly wait: both widths at once. */
export const onEachDevice = <Outcome>(journey: (device: Device) => Promise<Outcome>): Promise<Outcome[]> =>
  Promise.all(DEVICES.map(journey));
