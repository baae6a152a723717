/** A folder that nobody else can look into. */
import { makeDirectory } from "#infra/command-line/make-directory.ts";

/** It holds secrets and what students have bought; LevelDB itself makes files that everybody may read. */
export async function createDirectory(directory: string): Promise<void> {
  await makeDirectory(directory, { mode: 0o700 });
}
