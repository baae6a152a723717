/** Says in one sentence that this Node is too old. To be imported before anything that an older one cannot load. */
import { readFileSync, writeSync } from "node:fs";

const packageFile = new URL("../../package.json", import.meta.url);
const { engines } = JSON.parse(readFileSync(packageFile, "utf8")) as { engines: { node: string } };

const needed = engines.node.replace(">=", "");
const [major = 0, minor = 0] = needed.split(".").map(Number);
const [ownMajor = 0, ownMinor = 0] = process.versions.node.split(".").map(Number);

if (ownMajor < major || (ownMajor === major && ownMinor < minor)) {
  // At once and whole: nothing may be loaded any more, so there is no waiting for a pipe.
  writeSync(2, `Bursar needs Node ${needed} or newer, and this is Node ${process.versions.node}.\n`);
  process.exit(1);
}
