/** Looks for text that does not fit its place: beyond the window's edges, or cut off by what it is in. */
import type { Page } from "playwright-core";

/** @returns a sentence for each; what is shortened on purpose, or is for screen readers alone, is none */
export const findMisfits = (page: Page): Promise<string[]> => page.evaluate(lookForMisfits);

/** Runs in the page. */
function lookForMisfits(): string[] {
  const width = document.documentElement.clientWidth;
  const misfits: string[] = [];
  const say = (element: Element, what: string) =>
    misfits.push(`${what}: <${element.tagName.toLowerCase()}> ${element.textContent.trim().slice(0, 60)}`);
  const isMeant = (element: Element) =>
    element.closest(".sr-only, .truncate, .line-clamp-2, option") !== null ||
    getComputedStyle(element).clipPath !== "none";

  for (const element of document.body.querySelectorAll("*")) {
    const hasText = [...element.childNodes].some(
      (child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim(),
    );
    const box = element.getBoundingClientRect();
    if (!hasText || box.width <= 1 || isMeant(element)) continue;
    if (box.left < -1 || box.right > width + 1) say(element, "beyond the window");
    if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
      say(element, "wider than its box");
    const clipping = element.closest("[class*=overflow-hidden]")?.getBoundingClientRect();
    if (
      clipping &&
      (box.left < clipping.left - 1 || box.right > clipping.right + 1 || box.bottom > clipping.bottom + 1)
    )
      say(element, "cut off");
  }
  if (document.documentElement.scrollWidth > window.innerWidth) misfits.push("the page scrolls sideways");
  return misfits;
}
