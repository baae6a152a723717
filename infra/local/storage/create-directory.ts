/** A folder that nobody else can look into. */
import { mkdir } from "node:fs/promises";

/** It holds secrets and what students have bought; LevelDB itself makes files that everybody may read. */
export async function createDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
}
