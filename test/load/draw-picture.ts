/** Draws how a launch goes: who has paid, who is enrolled, and what waits in the overflow queue meanwhile. */
import type { Sample } from "./run-load.ts";

const [WIDTH, PANEL, GAP, LEFT, TOP] = [720, 170, 46, 64, 34];
const RIGHT = WIDTH - 16;
const STYLE =
  "text{font:12px sans-serif;fill:#4b5563}.title{font-weight:600;fill:#111827}" +
  ".axis{stroke:#9ca3af;fill:none}.paid{stroke:#9ca3af;fill:none;stroke-width:2}" +
  ".enrolled{stroke:#047857;fill:none;stroke-width:2}.queued{stroke:#b45309;fill:#fde68a;stroke-width:1.5}";

/** @returns an SVG. The time goes as far as anything happens in it, and at least a minute */
export function drawPicture(samples: readonly Sample[], title: string): string {
  const { paid: everPaid = 0 } = samples.at(-1) ?? {};
  const end = Math.max(
    60,
    ...samples
      .filter(({ enrolled, queued }) => enrolled < everPaid || queued > 0)
      .map((sample) => sample.seconds + 5),
  );
  const shown = samples.filter(({ seconds }) => seconds <= end);
  const most = Math.max(1, ...shown.map(({ paid }) => paid));
  const deepest = Math.max(1, ...shown.map(({ queued }) => queued));
  const second = TOP + PANEL + GAP;
  const upper = scale(end, most, TOP);
  const lower = scale(end, deepest, second);
  const area = `${LEFT},${second + PANEL} ${lower(shown, "queued")} ${RIGHT},${second + PANEL}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${second + PANEL + 36}" role="img" aria-label="${title}">`,
    `<style>${STYLE}</style><rect width="100%" height="100%" fill="#fff"/>`,
    text(LEFT, 20, title, "title"),
    axes(TOP, `${most.toLocaleString("en")} students`),
    `<polyline class="paid" points="${upper(shown, "paid")}"/>`,
    `<polyline class="enrolled" points="${upper(shown, "enrolled")}"/>`,
    text(RIGHT - 150, TOP + PANEL - 30, "grey: have paid"),
    text(RIGHT - 150, TOP + PANEL - 14, "green: are enrolled"),
    axes(second, `${deepest.toLocaleString("en")} in the overflow queue`),
    `<polygon class="queued" points="${area}"/>`,
    ...ticks(end).map((at) => text(LEFT + ((RIGHT - LEFT) * at) / end - 8, second + PANEL + 18, `${at} s`)),
    "</svg>\n",
  ].join("\n");
}

const text = (x: number, y: number, words: string, kind = "") =>
  `<text x="${Math.round(x)}" y="${y}"${kind && ` class="${kind}"`}>${words}</text>`;

const axes = (top: number, words: string) =>
  `<polyline class="axis" points="${LEFT},${top} ${LEFT},${top + PANEL} ${RIGHT},${top + PANEL}"/>${text(LEFT + 6, top + 12, words)}`;

function scale(end: number, most: number, top: number) {
  const x = (seconds: number) => (LEFT + ((RIGHT - LEFT) * seconds) / end).toFixed(1);
  const y = (value: number) => (top + PANEL - (PANEL * value) / most).toFixed(1);
  return (samples: readonly Sample[], field: "paid" | "enrolled" | "queued") =>
    samples.map((sample) => `${x(sample.seconds)},${y(sample[field])}`).join(" ");
}

function ticks(end: number): number[] {
  const step =
    [10, 30, 60, 300, 600, 1_800, 3_600, 7_200, 14_400, 43_200].find((each) => end / each <= 8) ?? 86_400;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step);
}
