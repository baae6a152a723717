import { screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { keepSession } from "#client/session.ts";
import type { PurchaseSummary } from "#workflow/contract.ts";
import {
  ada,
  ordinaryAnswers,
  paidCourse,
  readHeading,
  refuse,
  serveApi,
  summaryAt,
  visit,
} from "./student-site.tsx";

const PURCHASE = "/checkout/return?session_id=cs_1";
const CHECKOUT = "/checkout/PAID-1";

const hrefOf = (link: HTMLElement) => link.getAttribute("href");

beforeEach(() => keepSession(ada));

const servePurchases = (...purchases: PurchaseSummary[]) =>
  serveApi({ ...ordinaryAnswers, "GET /api/purchases": () => ({ purchases }) });

const ENDED = ["enrolled", "withdrawn", "refunded", "expired"] as const;

describe("the catalogue", () => {
  test.each([
    ["open", "Continue checkout", CHECKOUT],
    ["processing", "Follow your payment", PURCHASE],
    ["paid", "Follow your payment", PURCHASE],
    ["needs_attention", "See how it stands", PURCHASE],
  ] as const)(
    "leads back to a purchase that is %s, wherever it was begun",
    async (stage, action, address) => {
      // A course that is no longer in the catalogue has its name all the same.
      servePurchases(summaryAt(stage, { courseName: "Punch Cards" }));
      visit("/");
      await readHeading();
      const notice = within(screen.getByRole("region", { name: "Unfinished purchases" }));
      expect(notice.getByText("Punch Cards")).toBeTruthy();
      expect(hrefOf(notice.getByRole("link", { name: action }))).toBe(address);
    },
  );

  test("says nothing of purchases that have ended", async () => {
    servePurchases(...ENDED.map((stage) => summaryAt(stage, { checkoutSessionId: `cs_${stage}` })));
    visit("/");
    await readHeading();
    expect(screen.queryByRole("region", { name: "Unfinished purchases" })).toBeNull();
  });

  test("names a course once: by its newest purchase, but a payment counts more than a form", async () => {
    servePurchases(
      summaryAt("open", { checkoutSessionId: "cs_3" }),
      summaryAt("processing", { checkoutSessionId: "cs_2" }),
      summaryAt("processing", { checkoutSessionId: "cs_1" }),
    );
    visit("/");
    await readHeading();
    const notices = within(screen.getByRole("region", { name: "Unfinished purchases" }));
    expect(notices.getAllByRole("link").map(hrefOf)).toEqual(["/checkout/return?session_id=cs_2"]);
  });

  test("asks for no purchases while nobody is signed in", async () => {
    keepSession(null);
    const { calls } = servePurchases(summaryAt("processing"));
    visit("/");
    await readHeading();
    expect(calls).toEqual(["GET /api/courses"]);
  });
});

describe("the course page", () => {
  test.each([
    ["processing", "Payment under way"],
    ["paid", "Payment received"],
    ["needs_attention", "Enrollment held up"],
  ] as const)("follows a purchase that is %s instead of selling", async (stage, title) => {
    servePurchases(summaryAt(stage));
    visit("/courses/PAID-1");
    await readHeading();
    expect(hrefOf(screen.getByRole("link", { name: "Follow your payment" }))).toBe(PURCHASE);
    expect(screen.getByRole("complementary", { name: "Enrollment" }).textContent).toContain(title);
    expect(screen.queryByRole("button", { name: /Buy|checkout/ })).toBeNull();
  });

  test("leads back to a checkout that is open", async () => {
    servePurchases(summaryAt("open"));
    visit("/courses/PAID-1");
    await readHeading();
    expect(screen.getByRole("button", { name: "Continue checkout" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Buy/ })).toBeNull();
  });

  test.each([
    ["open", "Continue checkout"],
    ["expired", null],
  ] as const)(
    "of a retired course, and a form that is %s, offers what can be had: %s",
    async (stage, action) => {
      serveApi({
        ...ordinaryAnswers,
        "GET /api/courses/PAID-1": () => ({ course: { ...paidCourse, status: "retired" } }),
        "GET /api/purchases": () => ({ purchases: [summaryAt(stage)] }),
      });
      visit("/courses/PAID-1");
      await readHeading();
      const offered = screen.queryByRole("button", { name: /Buy|checkout/ });
      expect(offered?.textContent ?? null).toBe(action);
      expect(screen.queryByText("No longer offered") === null).toBe(action !== null);
    },
  );

  test.each(ENDED)(
    "sells the course again when its last purchase is %s and it is not owned",
    async (stage) => {
      servePurchases(summaryAt(stage));
      visit("/courses/PAID-1");
      await readHeading();
      expect(screen.getByRole("button", { name: "Buy for $49.00" })).toBeTruthy();
    },
  );

  test("sells whatever was bought of another course", async () => {
    servePurchases(summaryAt("processing", { courseId: "OTHER-1" }));
    visit("/courses/PAID-1");
    await readHeading();
    expect(screen.getByRole("button", { name: "Buy for $49.00" })).toBeTruthy();
  });

  test("sells nothing while it is not known what was paid", async () => {
    serveApi({ ...ordinaryAnswers, "GET /api/purchases": () => refuse(500, "internal_error", "Try again.") });
    visit("/courses/PAID-1");
    expect(await readHeading()).toBe("That did not work");
    expect(screen.queryByRole("button", { name: /^Buy/ })).toBeNull();
  });
});
