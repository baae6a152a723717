/** How large a database's logs were when it was closed, by which one is known that was cut between two writes. */
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";

const FILE = "sizes-at-close.json";

export async function noteSizesAtClose(directory: string): Promise<void> {
  const logs = (await readdir(directory)).filter((file) => file.endsWith(".log"));
  const sizes = await Promise.all(
    logs.map(async (log) => [log, (await stat(path.join(directory, log))).size] as const),
  );
  await writeFile(path.join(directory, FILE), JSON.stringify(Object.fromEntries(sizes)), { mode: 0o600 });
}

/** @returns by the log's name; nothing when the database was not closed, since logs have grown since then */
export async function takeSizesAtClose(directory: string): Promise<Record<string, number>> {
  const file = path.join(directory, FILE);
  try {
    return JSON.parse(await readFile(file, "utf8")) as Record<string, number>;
  } catch {
    // Without it there is less to compare with.
    return {};
  } finally {
    await rm(file, { force: true });
  }
}
