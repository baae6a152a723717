/** Judges that are written in Python, installed at pinned versions into a folder that Git ignores. */
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

const REQUIREMENTS = fileURLToPath(new URL("./requirements.txt", import.meta.url));
const ARTIFACTS = fileURLToPath(new URL("../../../.artifacts/judges/", import.meta.url));

/** The versions are pinned for it. */
const PYTHON = "python3.11";

/** @returns what is missing for the Python judges; undefined when nothing is */
export function missingPython(): string | undefined {
  try {
    execFileSync(PYTHON, ["--version"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "Python 3.11 (python3.11 on the PATH)";
  }
}

/**
 * Installed once for each content of `requirements.txt`; an install that was cut off is begun anew.
 *
 * @returns the folder with the programs of the installed packages, e.g. `moto_server`
 * @throws Error with what pip says
 */
export async function installPython(): Promise<string> {
  const digest = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 12);
  const home = path.join(ARTIFACTS, `python-${digest}`);
  const mark = path.join(home, "installed");
  if (!existsSync(mark)) {
    await rm(home, { recursive: true, force: true });
    await mkdir(ARTIFACTS, { recursive: true });
    await run(PYTHON, ["-m", "venv", home]);
    const pip = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--requirement",
      REQUIREMENTS,
    ];
    await run(path.join(home, "bin", "python"), pip);
    await mkdir(`${mark}.new`);
    await rename(`${mark}.new`, mark);
  }
  return path.join(home, "bin");
}
