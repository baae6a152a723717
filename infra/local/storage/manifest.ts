/** Which files a LevelDB database is made of, as its manifest says. */
import { readLogRecords } from "./log-records.ts";

export interface Manifest {
  /** The oldest log whose content is not in tables yet; 0 of a database that was never opened to its end. */
  logNumber: number;
  /** The sizes of the tables in bytes, by their numbers. */
  tables: Map<number, number>;
}

/** How each kind of entry is written: numbers, and texts that need only be passed over. */
const ENTRIES: Record<number, ("number" | "text")[]> = {
  1: ["text"], // comparator
  2: ["number"], // log
  3: ["number"], // next file
  4: ["number"], // last sequence
  5: ["number", "text"], // compaction pointer: level, key
  6: ["number", "number"], // deleted table: level, number
  7: ["number", "number", "number", "text", "text"], // new table: level, number, size, smallest, largest key
  9: ["number"], // previous log
};

/**
 * Reads as far as the manifest can be read; of a cut one LevelDB itself reads no more.
 * @returns undefined when nothing of it can be read
 */
export function readManifest(content: Buffer): Manifest | undefined {
  const { whole } = readLogRecords(content);
  if (whole.length === 0) return undefined;
  const manifest: Manifest = { logNumber: 0, tables: new Map() };
  for (const record of whole) applyEdit(manifest, record);
  return manifest;
}

function applyEdit(manifest: Manifest, record: Buffer): void {
  let at = 0;

  function readNumber(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = record.readUInt8(at);
      at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  while (at < record.length) {
    const tag = readNumber();
    const numbers: number[] = [];
    for (const kind of ENTRIES[tag] ?? []) {
      const value = readNumber();
      if (kind === "number") numbers.push(value);
      else at += value;
    }
    const [first = 0, number = 0, size = 0] = numbers;
    if (tag === 2) manifest.logNumber = first;
    if (tag === 6) manifest.tables.delete(number);
    if (tag === 7) manifest.tables.set(number, size);
  }
}
