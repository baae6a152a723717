import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LanguageChoice } from "#client/components/LanguageChoice.tsx";
import { chooseLanguage, knownLanguage, startLanguage } from "#client/language.ts";
import { ordinaryAnswers, readHeading, refuse, serveApi, visit } from "./student-site.tsx";

const prefer = (...languages: string[]) => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
  vi.spyOn(navigator, "language", "get").mockReturnValue(languages[0] ?? "");
};
const page = () => ({ lang: document.documentElement.lang, dir: document.documentElement.dir });

beforeEach(() => serveApi(ordinaryAnswers));

afterEach(async () => {
  vi.restoreAllMocks();
  await chooseLanguage("en");
  localStorage.clear();
});

test.each([
  [["de-AT", "en"], "de", "de-AT"],
  [["fr-FR", "de", "en"], "de", "de"],
  [["de_DE.UTF-8"], "de", "de-DE"],
  [["en-GB", "de"], "en", "en-GB"],
  [["fr-FR"], "en", "en"],
  [["C", "de"], "de", "de"],
  [["C"], "en", "en"],
  [["en-US@posix"], "en", "en-US"],
  [["x-klingon"], "en", "en"],
  [[""], "en", "en"],
  [[], "en", "en"],
  [["constructor"], "en", "en"],
  [["de".repeat(150)], "en", "en"],
  [[`de-x${"-klingon".repeat(40)}`], "en", "en"],
])("a browser that prefers %j shows %s, in the notation of %s", async (preferred, language, locale) => {
  prefer(...preferred);
  await startLanguage();
  expect(knownLanguage()).toMatchObject({ code: language, locale });
  expect(page()).toEqual({ lang: language, dir: "ltr" });
});

test("a German browser shows the page in German, its title and its prices too", async () => {
  prefer("de-DE");
  await startLanguage();
  visit("/");
  expect(await readHeading()).toBe("Kurse");
  expect(document.title).toBe("Kurse · Bursar");
  const card = await screen.findByTestId("course-card-PAID-1");
  expect(card.textContent.replaceAll(/\s/g, " ")).toContain("49,00 $");
  expect(screen.getByText("2 Kurse")).toBeTruthy();
});

test("a choice is stronger than the browser's language, is shown at once, and is kept", async () => {
  prefer("de-DE");
  await startLanguage();
  visit("/");
  await readHeading();
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Sprache" }), "English");
  await screen.findByRole("heading", { level: 1, name: "Courses" });
  expect(page().lang).toBe("en");
  await startLanguage();
  expect(knownLanguage().code).toBe("en");
});

test("what is chosen in another tab is shown here too, and so is the browser's when all is forgotten", async () => {
  prefer("en-US");
  await startLanguage();
  localStorage.setItem("bursar.language", "de");
  window.dispatchEvent(new StorageEvent("storage", { key: "bursar.language" }));
  await waitFor(() => expect(knownLanguage().code).toBe("de"));
  localStorage.clear();
  window.dispatchEvent(new StorageEvent("storage", { key: null }));
  await waitFor(() => expect(knownLanguage().code).toBe("en"));
});

test("of two choices in a row the last one counts", async () => {
  await Promise.all([chooseLanguage("de"), chooseLanguage("en")]);
  expect(knownLanguage().code).toBe("en");
  expect(localStorage.getItem("bursar.language")).toBe("en");
});

test("a browser that keeps nothing shows what is chosen all the same", async () => {
  vi.spyOn(localStorage, "setItem").mockImplementation(() => {
    throw new DOMException("denied", "SecurityError");
  });
  render(<LanguageChoice />);
  await userEvent.selectOptions(screen.getByRole("combobox"), "Deutsch");
  await waitFor(() => expect(knownLanguage().code).toBe("de"));
});

test("a refusal is told in the student's language, by its code, with the request's id", async () => {
  serveApi({ "GET /api/courses": () => refuse(500, "internal_error", "Something went wrong on our side.") });
  await chooseLanguage("de");
  visit("/");
  expect(await readHeading()).toBe("Das hat nicht geklappt");
  expect(screen.getByRole("alert").textContent).toMatch(/Bei uns ist etwas schiefgegangen.*req_1/);
});

test("the API's own sentence is for a code that nobody has words for", async () => {
  serveApi({ "GET /api/courses": () => refuse(409, "a_later_code", "The API says why.") });
  visit("/");
  await readHeading();
  expect(screen.getByRole("alert").textContent).toContain("The API says why.");
});
