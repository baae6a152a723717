import path from "node:path";
import { describe, expect, test } from "vitest";
import { readTracked, trackedFiles } from "./tracked-files.ts";

const TOKENS = "client/tokens.css";
const tokens = readTracked(TOKENS);
const styleSheets = trackedFiles.filter((file) => file.endsWith(".css") && file !== TOKENS);

/** The style sheets of ours that a style sheet is made of, itself among them. */
function partsOf(file: string): string[] {
  const imported = [...readTracked(file).matchAll(/@import "(\.[^"]+)"/g)].map((match) => match[1] ?? "");
  return [file, ...imported.flatMap((name) => partsOf(path.join(path.dirname(file), name)))];
}

/** Names and values of the custom properties that stand between braces after a selector. */
function readTokens(css: string, selector: string): Record<string, string> {
  const block = css.split(`${selector} {`)[1]?.split("}")[0] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, unlessSold(value)]),
  );
}

/** A seller's own colour is computed, and tested by itself. */
const unlessSold = (value = "") => value.replace(/^var\(--seller-[a-z-]+, (#[0-9a-f]{6})\)$/, "$1");

describe("the pages have one sheet of tokens", () => {
  test("there are style sheets to look at", () => {
    expect(styleSheets.length).toBeGreaterThan(3);
  });

  test.each(styleSheets)("%s takes its colours from the tokens", (file) => {
    expect(partsOf(file)).toContain(TOKENS);
    expect(readTracked(file).match(/#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(/gi)).toBeNull();
  });

  test.each(styleSheets)("%s names no token that there is not", (file) => {
    const defined = partsOf(file).flatMap((part) =>
      [...readTracked(part).matchAll(/(--[a-z-]+):/g)].map((match) => match[1]),
    );
    const used = [...readTracked(file).matchAll(/var\((--[a-z-]+)/g)].map((match) => match[1]);
    expect(used.filter((name) => !defined.includes(name))).toEqual([]);
  });
});

describe("what is written can be read", () => {
  const [light = "", dark = ""] = tokens.split("@media (prefers-color-scheme: dark)");
  const tools = ':root[data-palette="tools"]';
  const site = {
    light: readTokens(light, ":root"),
    dark: { ...readTokens(light, ":root"), ...readTokens(dark, ":root") },
  };
  const palettes: [name: string, Record<string, string>][] = [
    ["the students' site in light", site.light],
    ["the students' site in dark", site.dark],
    ["the tools in light", { ...site.light, ...readTokens(light, tools) }],
    ["the tools in dark", { ...site.dark, ...readTokens(light, tools), ...readTokens(dark, tools) }],
  ];
  const TEXT_ON_GROUND = [
    ["canvas", "ink", "muted", "accent"],
    ["surface", "ink", "muted", "accent", "bad"],
    ["sunken", "ink", "muted"],
    ["accent-soft", "accent", "accent-strong"],
    ["accent", "on-accent"],
    ["accent-strong", "on-accent"],
    ["good-soft", "good"],
    ["bad-soft", "bad"],
    ["warn-soft", "warn"],
  ];

  test.each(palettes)("%s has a contrast of 4.5 or more between text and ground", (_name, palette) => {
    const pale = TEXT_ON_GROUND.flatMap(([ground = "", ...texts]) =>
      texts
        .filter((text) => !(contrast(palette[text], palette[ground]) >= 4.5))
        .map((text) => `${text} on ${ground}`),
    );
    expect(pale).toEqual([]);
  });

  test.each(palettes)("%s has edges and focus rings with a contrast of 3 or more", (_name, palette) => {
    const pale = ["edge", "accent"].filter((line) => !(contrast(palette[line], palette["surface"]) >= 3));
    expect(pale).toEqual([]);
  });
});

/** Source: WCAG 2.2, contrast ratio. */
function contrast(one = "", other = ""): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = (colour.match(/[0-9a-f]{2}/gi) ?? []).map(
    (hex) => {
      const part = Number.parseInt(hex, 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    },
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
