/** The files of this repository, as Git knows them; what is new and not ignored counts too. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** @returns paths from the root */
export const trackedFiles: string[] = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard"],
  { cwd: ROOT, encoding: "utf8" },
)
  .split("\n")
  .filter((file) => file && existsSync(path.join(ROOT, file)));

export const readTracked = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
