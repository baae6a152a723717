/** The student's language: the one chosen on this site, or else the browser's own. What is shown in it follows at once. */
import { useSyncExternalStore } from "react";
import { readLocale } from "#workflow/locale.ts";
import type { Words } from "./words/english.ts";

/** Each by its own name. A page loads the words of one, and others when they are chosen. */
export const LANGUAGES: Record<string, { name: string; load: () => Promise<Words> }> = {
  en: { name: "English", load: async () => (await import("./words/english.ts")).english },
  de: { name: "Deutsch", load: async () => (await import("./words/german.ts")).german },
};

interface Language {
  /** One of `LANGUAGES`. */
  code: string;
  words: Words;
  /** Whose notation money, numbers and days are in: the language as the student's own country writes it. */
  locale: string;
}

const FALLBACK = "en";
const STORAGE_KEY = "bursar.language";
/** Source: RFC 5646, 4.4.1. Whoever has a longer one is no person. */
const LONGEST_TAG = 35;

let shown: Language | undefined;
let wanted = FALLBACK;
let watchers: (() => void)[] = [];

/** Outside React, where nothing follows by itself. @throws Error before the first words are there */
export function knownLanguage(): Language {
  if (!shown) throw new Error("No language is known before startLanguage has ended");
  return shown;
}

export const useLanguage = (): Language => useSyncExternalStore(watch, knownLanguage);
export const useWords = (): Words => useLanguage().words;

/**
 * Shows the student's language, and from now on whatever is chosen in any tab. Resolves when its words are there.
 * @throws when neither those nor English can be loaded
 */
export async function startLanguage(): Promise<void> {
  const follow = () => showLanguage(findWanted()).catch(() => {});
  window.addEventListener("storage", ({ key }) => {
    if (key === STORAGE_KEY || key === null) void follow();
  });
  window.addEventListener("languagechange", () => void follow());
  await showLanguage(findWanted()).catch(() => showLanguage(FALLBACK));
}

/** @throws when its words cannot be loaded; the language stays what it is */
export async function chooseLanguage(code: string): Promise<void> {
  await showLanguage(code);
  if (shown?.code !== code) return;
  try {
    localStorage.setItem(STORAGE_KEY, code);
  } catch {
    // A browser that keeps nothing: the choice lasts as long as the page.
  }
}

async function showLanguage(code: string): Promise<void> {
  wanted = code;
  const words = await LANGUAGES[code]?.load();
  // Another one has been wanted meanwhile.
  if (!words || wanted !== code) return;
  const { language, direction } = words.page;
  shown = { code, words, locale: localesOfBrowser().find((own) => codeOf(own) === language) ?? language };
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
  for (const watcher of watchers) watcher();
}

function findWanted(): string {
  const known = [readChoice(), ...localesOfBrowser().map(codeOf)];
  return known.find((code) => Object.hasOwn(LANGUAGES, code)) ?? FALLBACK;
}

function readChoice(): string {
  try {
    return localStorage.getItem(STORAGE_KEY) ?? "";
  } catch {
    return "";
  }
}

/** What the browser asks servers for as well, the dearest first; without what is no language tag. */
const localesOfBrowser = (): string[] =>
  [...(navigator.languages ?? []), navigator.language]
    .map(readLocale)
    .filter((locale) => locale !== undefined)
    .filter((locale) => locale.length <= LONGEST_TAG);

const codeOf = (locale: string) => locale.split("-", 1)[0] ?? locale;

function watch(onChange: () => void): () => void {
  watchers = [...watchers, onChange];
  return () => {
    watchers = watchers.filter((watcher) => watcher !== onChange);
  };
}
