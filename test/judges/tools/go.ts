/** Judges that are written in Go, built at pinned versions into a folder that Git ignores. */
import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

const ARTIFACTS = fileURLToPath(new URL("../../../.artifacts/judges/", import.meta.url));

/** @returns what is missing for the Go judges; undefined when nothing is */
export function missingGo(): string | undefined {
  try {
    execFileSync("go", ["version"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "Go (go on the PATH)";
  }
}

/**
 * @param module e.g. `github.com/stripe/stripe-mock`
 * @param version e.g. `v0.203.0`
 * @returns the built program's path
 * @throws Error with what Go says
 */
export async function installGo(module: string, version: string): Promise<string> {
  const home = path.join(ARTIFACTS, `go-${path.basename(module)}-${version}`);
  const program = path.join(home, path.basename(module));
  if (!existsSync(program)) {
    await run("go", ["install", `${module}@${version}`], {
      env: { ...process.env, GOBIN: home, GOFLAGS: "" },
    });
  }
  return program;
}
