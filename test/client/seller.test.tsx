import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { showSeller, startSeller } from "#client/seller.ts";
import { keepSession } from "#client/session.ts";
import type { Seller } from "#workflow/client-config.ts";
import { ada, ordinaryAnswers, purchaseAt, readHeading, refuse, serveApi, visit } from "./student-site.tsx";

const shades = { accent: "#b4002f", strong: "#870023", soft: "#f6e0e6", onAccent: "#ffffff" };
const seller: Seller = {
  name: "Acme Academy",
  logoUrl: "https://cdn.acme.example/logo.png",
  accent: { light: shades, dark: { ...shades, accent: "#ff8da6" } },
  support: "help@acme.example",
  termsUrl: "https://acme.example/terms",
  privacyUrl: "https://acme.example/privacy",
};

const hrefOf = (name: string) => screen.getByRole("link", { name }).getAttribute("href");
const colour = (name: string) => document.documentElement.style.getPropertyValue(`--seller-${name}`);

beforeEach(() => serveApi(ordinaryAnswers));
afterEach(() => showSeller());

test("a deployment that names nobody goes by the product's name, and says nothing of whom to write to", async () => {
  visit("/");
  await readHeading();
  expect(document.title).toBe("Courses · Bursar");
  expect(screen.queryByRole("link", { name: /Write to|Terms|Privacy/ })).toBeNull();
});

test("a configuration that cannot be read keeps nobody from the courses", async () => {
  await startSeller();
  visit("/");
  expect(await readHeading()).toBe("Courses");
  expect(colour("light-accent")).toBe("");
});

test("the seller's name, logo, colour and addresses are on every page", async () => {
  serveApi({ ...ordinaryAnswers, "GET /config.json": () => ({ seller }) });
  await startSeller();
  visit("/");
  await readHeading();
  const header = within(screen.getByRole("banner"));
  expect(header.getByRole("link", { name: "Acme Academy" })).toBeTruthy();
  expect(document.querySelector("header img")?.getAttribute("src")).toBe(seller.logoUrl);
  expect(document.title).toBe("Courses · Acme Academy");
  expect(screen.getByRole("contentinfo").textContent).toContain("Acme Academy never sees your card number.");
  expect(hrefOf("Write to Acme Academy")).toBe("mailto:help@acme.example");
  expect([hrefOf("Terms"), hrefOf("Privacy")]).toEqual([seller.termsUrl, seller.privacyUrl]);
  expect([colour("light-accent"), colour("dark-accent")]).toEqual(["#b4002f", "#ff8da6"]);
  expect(document.body.textContent).not.toContain("Bursar");
});

test.each([
  ["is not there", "/nowhere", "mailto:help@acme.example"],
  ["failed, with its support code", "/courses/PAID-1", "mailto:help@acme.example?subject=req_1"],
])("on a page that %s a student is told whom to write to", async (_what, address, href) => {
  showSeller(seller);
  serveApi({ "GET /api/courses/PAID-1": () => refuse(500, "internal_error", "No.") });
  visit(address);
  await readHeading();
  const main = within(screen.getByRole("main"));
  expect(main.getByRole("link", { name: "Write to Acme Academy" }).getAttribute("href")).toBe(href);
});

describe("a purchase that cannot be finished", () => {
  const visitHeldUp = async () => {
    keepSession(ada);
    serveApi({
      ...ordinaryAnswers,
      "GET /api/checkout/session/cs_1": () => purchaseAt("needs_attention"),
    });
    visit("/checkout/return?session_id=cs_1");
    await readHeading();
    return screen.getByRole("main");
  };

  test("is told to have been told of where somebody gets the alarms, and only there", async () => {
    showSeller({ ...seller, isTold: true });
    expect((await visitHeldUp()).textContent).toContain("those who can mend it have been told");
    cleanup();
    showSeller(seller);
    expect((await visitHeldUp()).textContent).not.toContain("told");
  });

  test("is written about with its order number, by mail or on a page", async () => {
    showSeller(seller);
    const inMain = async () =>
      within(await visitHeldUp())
        .getByRole("link", { name: "Write to Acme Academy" })
        .getAttribute("href");
    expect(await inMain()).toBe("mailto:help@acme.example?subject=TEST-0001");
  });

  test("leads to the seller's page where that is how to write", async () => {
    showSeller({ ...seller, support: "https://acme.example/help" });
    const link = within(await visitHeldUp()).getByRole("link", { name: "Write to Acme Academy" });
    expect(link.getAttribute("href")).toBe("https://acme.example/help");
  });
});
