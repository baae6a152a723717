import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ROOT } from "#infra/builds/digest-sources.js";
import { keptPrograms } from "#infra/builds/kept-programs.js";

test("a stack that runs finds its handlers in its own build, whatever the sources are by then", async () => {
  const [, script = ""] = process.argv;
  onTestFinished(() => void (process.argv[1] = script));
  const build = path.join(ROOT, "dist", "programs", "an-earlier-one");
  process.argv[1] = path.join(build, "infra", "local", "commands", "start.mjs");
  await expect(keptPrograms()).resolves.toBe(build);
});
