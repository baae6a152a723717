/** Makes a folder and those above it. */
import { mkdir, stat } from "node:fs/promises";
import path from "node:path";

/**
 * Node's own recursive `mkdir` says that nothing is there for most of what goes wrong, such as a read-only file system.
 * @throws the operating system's error, which is the true cause
 */
export async function makeDirectory(directory: string, options: { mode?: number } = {}): Promise<void> {
  try {
    await mkdir(directory, options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const above = path.dirname(directory);
    if (code === "ENOENT" && above !== directory) {
      await makeDirectory(above, options);
      await makeDirectory(directory, options);
    } else if (!(await isDirectory(directory))) {
      throw error;
    }
  }
}

const isDirectory = (directory: string) =>
  stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  );
