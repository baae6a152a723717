import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { keepSession } from "#client/session.ts";
import type { CheckoutStatusAnswer, Stage } from "#workflow/contract.ts";
import {
  ada,
  enrollmentIn,
  ordinaryAnswers,
  paidCourse,
  purchaseAt,
  readHeading,
  serveApi,
  visit,
} from "./student-site.tsx";

beforeEach(() => keepSession(ada));

const accessUrl = "https://learn.example/1";
const mainText = () => screen.getByRole("main").textContent;

async function visitPurchase(stage: Stage, more: Partial<CheckoutStatusAnswer>, course: object = paidCourse) {
  serveApi({
    ...ordinaryAnswers,
    "GET /api/checkout/session/cs_1": () => ({ ...purchaseAt(stage), ...more }),
    "GET /api/courses/PAID-1": () => ({ course }),
    "GET /api/enrollments/check/PAID-1": () => ({
      enrolled: true,
      enrollment: enrollmentIn("PAID-1"),
      accessUrl,
    }),
  });
  visit("/checkout/return?session_id=cs_1");
  return readHeading();
}

describe("of a course that is the student's by another purchase", () => {
  test.each([
    ["needs_attention", "You have paid for this course twice", "one too many"],
    ["withdrawn", "This purchase was withdrawn", "yours all the same"],
    ["refunded", "Your payment was refunded", "yours all the same"],
    ["expired", "This checkout is over", "You have not been charged for it"],
  ] as const)(
    "a purchase that is %s says so, sells nothing and leads to the course",
    async (stage, heading, words) => {
      expect(await visitPurchase(stage, { enrolled: true })).toBe(heading);
      expect(mainText()).toContain(words);
      expect(screen.queryByRole("link", { name: /again|checkout/i })).toBeNull();
      const link = screen.getByRole("link", { name: "Go to course" });
      expect([link.getAttribute("href"), link.getAttribute("rel")]).toEqual([accessUrl, "noreferrer"]);
    },
  );
});

describe("of a course that is no longer offered", () => {
  test.each(["open", "withdrawn", "refunded", "expired"] as const)(
    "a purchase that is %s offers nothing that cannot be had",
    async (stage) => {
      await visitPurchase(stage, {}, { ...paidCourse, status: "retired" });
      expect(mainText()).toContain("The course is no longer offered.");
      expect(mainText()).not.toMatch(/again|go back to checkout/i);
      const [link] = screen.getAllByRole("link", { name: "See the course" });
      expect(link?.getAttribute("href")).toBe("/courses/PAID-1");
    },
  );
});
