/** The folder that a synthesis writes to, emptied only if it was made by an earlier one. */
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeDirectory } from "#infra/command-line/make-directory.ts";

/** The CDK's own file comes last, so that an interrupted synthesis has only ours. */
const MARK = "made-by-bursar.txt";
const CDK_FILE = "cdk.out";

/** @throws Error in one sentence when other things are in it, which then stay */
export async function emptyOutput(directory: string): Promise<void> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const isOurs = names.length === 0 || names.includes(MARK) || names.includes(CDK_FILE);
  if (!isOurs) {
    throw new Error(
      `Other things are in ${directory} than an earlier synthesis: name a folder that is new or empty, or empty it yourself.`,
    );
  }
  // Not the folder itself, which may be a link or where somebody's shell is.
  for (const name of names) await rm(join(directory, name), { recursive: true, force: true });
  await makeDirectory(directory);
  await writeFile(join(directory, MARK), "`npm run synth` and `npm run deploy` empty this folder.\n");
}
