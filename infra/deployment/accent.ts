/** A seller's colour as the client can use it: legible in light and in dark, by the contrast that WCAG asks of text (AA). */
import type { Seller } from "#workflow/client-config.ts";

/** What the accent is written on, or is the ground of; those of tokens.css, as a test says. */
export const GROUNDS = {
  light: ["#ffffff", "#faf9f6", "#f1efea"],
  dark: ["#131211", "#1c1a19", "#262321"],
};

const AA = 4.5;
const BLACK = "#000000";
const WHITE = "#ffffff";
const STEP = 0.01;

type Rgb = [number, number, number];

/** @param colour `#rrggbb`; where it cannot be read on the page it is made darker, or lighter, until it can */
export function shadesOf(colour: string): NonNullable<Seller["accent"]> {
  const light = untilLegible(colour, BLACK, (accent) => [...GROUNDS.light, softOnLight(accent)]);
  const dark = untilLegible(colour, WHITE, (accent) => [...GROUNDS.dark, softOnDark(accent)]);
  return {
    light: { accent: light, strong: mix(light, BLACK, 0.25), soft: softOnLight(light), onAccent: WHITE },
    dark: {
      accent: dark,
      strong: mix(dark, WHITE, 0.3),
      soft: softOnDark(dark),
      onAccent: mix(dark, BLACK, 0.85),
    },
  };
}

const softOnLight = (accent: string) => mix(accent, WHITE, 0.88);
const softOnDark = (accent: string) => mix(accent, "#131211", 0.8);

function untilLegible(colour: string, towards: string, groundsOf: (accent: string) => string[]): string {
  for (let share = 0; share < 1; share += STEP) {
    const accent = mix(colour, towards, share);
    if (groundsOf(accent).every((ground) => contrast(accent, ground) >= AA)) return accent;
  }
  return towards;
}

/** @returns 1 (the same) to 21 (black on white), as WCAG 2.2 defines it */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = toRgb(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param share of the other, 0 to 1 */
function mix(colour: string, other: string, share: number): string {
  const [from, to] = [toRgb(colour), toRgb(other)];
  const parts = from.map((part, index) => Math.round(part + ((to[index] ?? 0) - part) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

const toRgb = (colour: string) =>
  [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16)) as Rgb;
