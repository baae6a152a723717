/** What other users of the machine could read in a directory that is open to them. */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";

const OTHERS_MAY = 0o077;

/** @returns the files and directories below, each by its mode and path; nothing below a closed directory counts */
export async function listReadableByOthers(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const place = path.join(directory, entry.name);
      const { mode } = await stat(place);
      if ((mode & OTHERS_MAY) === 0) return [];
      const within = entry.isDirectory()
        ? await listReadableByOthers(place)
        : [`${(mode & 0o777).toString(8)} ${place}`];
      return within;
    }),
  );
  return found.flat();
}
