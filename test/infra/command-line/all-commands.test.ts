import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  COMMANDS,
  type CommandPlace,
  resultOf,
  type Script,
  spawnNpmCommand,
} from "#test/support/run-npm-command.ts";
import packageJson from "../../../package.json" with { type: "json" };

/** Tools of others, which have a help of their own. */
const TOOLS = ["test", "test:coverage", "test:e2e", "check", "format"];

/** In an empty folder, where whatever is written by a relative or a temporary path would be found. */
async function runInEmptyFolder(script: Script, words: string[], place: CommandPlace = {}) {
  const cwd = await mkdtemp(path.join(tmpdir(), "bursar-empty-"));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  // After tsx, which has its cache where the tests have theirs.
  const imports = [`data:text/javascript,process.env.TMPDIR="${cwd}"`, ...(place.imports ?? [])];
  const result = await resultOf(spawnNpmCommand(script, words, { ...place, cwd, imports }));
  return { ...result, written: await readdir(cwd) };
}

test("every script of package.json is a tool of others or a command of ours", () => {
  expect([...COMMANDS, ...TOOLS].sort()).toEqual(Object.keys(packageJson.scripts).sort());
});

describe.each(COMMANDS)("npm run %s", (script) => {
  test("explains itself with --help, and does nothing else", async () => {
    const { code, stdout, stderr, written } = await runInEmptyFolder(script, ["--help"]);
    const called = script === "start" ? "npm start" : `npm run (--silent )?${script}`;
    expect(stdout).toMatch(new RegExp(`^Usage: ${called} -- `));
    expect({ code, stderr, written }).toEqual({ code: 0, stderr: "", written: [] });
  });

  test("refuses an option that it does not know, with exit code 2 and one sentence", async () => {
    const { code, stdout, stderr, written } = await runInEmptyFolder(script, ["--no-such-option"]);
    // Where an option must be given, that comes first.
    expect(stderr).toMatch(
      /^error: (unknown option '--no-such-option'|required option '.+' not specified)\n$/,
    );
    expect({ code, stdout, written }).toEqual({ code: 2, stdout: "", written: [] });
  });
});

/** A child that believes to run on that Node. */
const pretendNode = (version: string) =>
  `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"${version}"})`;

describe("on a Node that is too old", () => {
  test.each<Script>(["start", "find", "demo"])("npm run %s says so in one sentence", async (script) => {
    const imports = [pretendNode("20.18.3")];
    const { code, stdout, stderr } = await runInEmptyFolder(script, ["--help"], { imports });
    expect(stderr).toBe("Bursar needs Node 20.19 or newer, and this is Node 20.18.3.\n");
    expect([code, stdout]).toEqual([1, ""]);
  });

  test.each(["20.19.0", "22.4.0", "24.0.0"])("%s is none", async (version) => {
    const { code } = await runInEmptyFolder("find", ["--help"], { imports: [pretendNode(version)] });
    expect(code).toBe(0);
  });
});
