/** Draws a cover from a course's id, so that every course has its own and none has to be downloaded. */

interface CoverArt {
  ground: string;
  ink: string;
  light: string;
  /** Quarter circles on a grid of `COLUMNS` by `ROWS` unit squares. */
  tiles: { x: number; y: number; turn: 0 | 90 | 180 | 270; isLight: boolean; isDot: boolean }[];
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
  const tiles = Array.from({ length: COLUMNS * ROWS }, (_, index) => {
    const turn = (Math.floor(random() * 4) * 90) as 0 | 90 | 180 | 270;
    const chance = random();
    return {
      x: index % COLUMNS,
      y: Math.floor(index / COLUMNS),
      turn,
      isLight: chance < 0.16,
      isDot: chance > 0.9,
    };
  });
  return { ...palette, tiles };
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
