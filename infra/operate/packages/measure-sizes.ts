/** What packages take on the disk, as they are installed on this machine. */
import { lstatSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface PackageSize {
  /** Without what tells one platform's copy from another's. */
  name: string;
  /** With what lies in its own `node_modules`. */
  bytes: number;
}

const modules = fileURLToPath(new URL("../../../node_modules", import.meta.url));

/** `@biomejs/cli-linux-x64` is `@biomejs/cli`, and `@oxlint-tsgolint/linux-x64` is `@oxlint-tsgolint`. */
const PLATFORM = /[-/](linux|darwin|win32|freebsd)-.*$/;

/** @returns the largest first */
export function measureSizes(): PackageSize[] {
  const names = foldersIn(modules).flatMap((name) =>
    name.startsWith("@") ? foldersIn(`${modules}/${name}`).map((inner) => `${name}/${inner}`) : [name],
  );
  return names
    .map((name) => ({ name: name.replace(PLATFORM, ""), bytes: bytesIn(`${modules}/${name}`) }))
    .sort((one, other) => other.bytes - one.bytes);
}

/** Without npm's own, whose names begin with a dot. */
const foldersIn = (directory: string) =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name);

function bytesIn(directory: string): number {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + lstatSync(`${parentPath}/${name}`).size, 0);
}
