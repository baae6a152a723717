/** Draws a cover from a course's id, so that every course has its own and none has to be downloaded. */

interface CoverArt {
  ground: string;
  /** Quarter circles and dots on a grid of `COLUMNS` by `ROWS` unit squares: one path for each colour, not one for each tile. */
  shapes: { colour: string; path: string }[];
}

export const COLUMNS = 8;
export const ROWS = 4;

const PALETTES = [
  { ground: "#123f3c", ink: "#1d6b62", light: "#e9b872" },
  { ground: "#26314f", ink: "#42558a", light: "#e8a598" },
  { ground: "#4a2b3a", ink: "#7d4860", light: "#ecc48d" },
  { ground: "#2f3b28", ink: "#566b45", light: "#e6cf8e" },
  { ground: "#4b3421", ink: "#83593a", light: "#a9d0c4" },
  { ground: "#223b4a", ink: "#3c6880", light: "#f0b99a" },
] as const;

export function drawCover(courseId: string): CoverArt {
  const random = seededRandom(courseId);
  const palette = PALETTES[Math.floor(random() * PALETTES.length)] ?? PALETTES[0];
  const ink: string[] = [];
  const light: string[] = [];
  for (let index = 0; index < COLUMNS * ROWS; index++) {
    const [x, y] = [index % COLUMNS, Math.floor(index / COLUMNS)];
    const corner = Math.floor(random() * 4);
    const chance = random();
    (chance < 0.16 ? light : ink).push(chance > 0.9 ? drawDot(x, y) : drawQuarter(x, y, corner));
  }
  return {
    ground: palette.ground,
    shapes: [
      { colour: palette.ink, path: ink.join("") },
      { colour: palette.light, path: light.join("") },
    ],
  };
}

const drawDot = (x: number, y: number) => `M${x + 0.28} ${y + 0.5}a.22 .22 0 1 0 .44 0a.22 .22 0 1 0-.44 0Z`;

const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/** @param corner of the square, in which the circle has its middle */
function drawQuarter(x: number, y: number, corner: number): string {
  const at = (turn: number) => {
    const [right, down] = CORNERS[(corner + turn) % 4] ?? CORNERS[0];
    return `${x + right} ${y + down}`;
  };
  return `M${at(0)}L${at(1)}A1 1 0 0 1 ${at(3)}Z`;
}

/** Numbers from 0 up to 1, always the same for the same seed: FNV-1a, then mulberry32. */
function seededRandom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
