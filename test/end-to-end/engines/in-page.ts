/** Runs in the pages of every engine: finds what a person would find by its role and name, and notes what went wrong. */
import { computeAccessibleName, getRole, isInaccessible } from "dom-accessibility-api";
import type { Query } from "./driver.ts";

/** What a driver asks of a page. */
export interface InPage {
  /** Null as well while it moves, is off or lies under something else. */
  findToUse: (query: Query) => Element | null;
  /** Its text; null when there is none. */
  read: (query: Query) => string | null;
  isFocused: (query: Query) => boolean;
  /** As if it had been typed, where an engine's driver cannot type. */
  fill: (element: HTMLInputElement, text: string) => void;
  /** What has been complained about since this was asked last. */
  drain: () => string[];
}

interface Watched extends Window {
  bursarPage?: InPage;
}

/** Where things were when they were looked for last. */
const places = new WeakMap<Element, string>();

const find = (query: Query): Element | null =>
  candidates(query).find((element) => isNamed(element, query) && !isInaccessible(element)) ?? null;

function candidates({ role, testId }: Query): Element[] {
  if (testId) return [...document.querySelectorAll(`[data-testid="${testId}"]`)];
  const all = [...document.body.querySelectorAll("*")];
  return role ? all.filter((element) => getRole(element) === role) : all.filter(hasOwnText);
}

const hasOwnText = ({ childNodes }: Element) =>
  [...childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());

function isNamed(element: Element, { role, name }: Query): boolean {
  if (!name) return true;
  const own = role ? computeAccessibleName(element) : (element.textContent ?? "").trim();
  return new RegExp(name).test(own);
}

function findToUse(query: Query): Element | null {
  const element = find(query);
  if (!element || (element as HTMLButtonElement).disabled) return null;
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = element.getBoundingClientRect();
  const [before, place] = [places.get(element), [x, y, width, height].join(" ")];
  places.set(element, place);
  const top = document.elementFromPoint(x + width / 2, y + height / 2);
  return place === before && element.contains(top) ? element : null;
}

function fill(element: HTMLInputElement, text: string): void {
  // React overrides the property of the element, and hears of a change only when the prototype's is set.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(element, text);
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A violation of the policy is made a console error, which every engine's driver hears of or is told below. */
function watch(): () => string[] {
  const complaints: string[] = [];
  const { error } = console;
  console.error = (...words: unknown[]) => {
    complaints.push(words.map(String).join(" "));
    error(...words);
  };
  const complain = (what: string) => console.error(what);
  window.addEventListener("error", ({ message }) => complaints.push(message));
  window.addEventListener("unhandledrejection", ({ reason }) => complaints.push(String(reason)));
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    complain(`Content-Security-Policy: ${effectiveDirective} ${blockedURI}`),
  );
  return () => complaints.splice(0);
}

const watched = window as unknown as Watched;
watched.bursarPage ??= {
  findToUse,
  read: (query) => find(query)?.textContent ?? null,
  isFocused: (query) => document.activeElement !== null && document.activeElement === find(query),
  fill,
  drain: watch(),
};
