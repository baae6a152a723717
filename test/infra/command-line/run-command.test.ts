import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { resultOf, spawnCommand } from "#test/support/run-npm-command.ts";

const file = fileURLToPath(new URL("some-command.ts", import.meta.url));
const start = (...words: string[]) => spawnCommand(file, words);
const run = (...words: string[]) => resultOf(start(...words));

const LINES = 5_000;

describe("what a command prints", () => {
  test("is whole for a reader who begins only when all is printed", async () => {
    const child = start("--lines", String(LINES));
    await once(child.stderr, "data");
    const { code, stdout } = await resultOf(child);
    expect([code, stdout.length]).toEqual([0, LINES * 100]);
  });

  test("may be left unread by a reader who has seen enough", async () => {
    const child = start("--lines", String(LINES));
    await once(child.stdout, "data");
    child.stdout.destroy();
    const { code, stderr } = await resultOf(child);
    expect([code, stderr]).toEqual([0, "printed\n"]);
  });
});

describe("a command that fails", () => {
  test.each(["--fail", "--fail-later"])("by %s says so in one sentence and ends with 1", async (how) => {
    const { code, stdout, stderr } = await run(how, "It did not work.");
    expect({ code, stdout, stderr: stderr.trim() }).toEqual({
      code: 1,
      stdout: "",
      stderr: "It did not work.",
    });
  });

  test.each(["--fail", "--fail-later"])("by %s has printed all that it had to say before", async (how) => {
    const child = start("--lines", String(LINES), how, "It did not work.");
    await once(child.stderr, "data");
    const { code, stdout } = await resultOf(child);
    expect([code, stdout.length]).toEqual([1, LINES * 100]);
  });

  test("hands no control character on to the terminal", async () => {
    const { stderr } = await run("--fail", "course \u{1b}]52;c;aGk=\u{7}\u{1b}[2J is not there");
    expect(stderr.trim()).toBe("course \u{fffd}]52;c;aGk=\u{fffd}\u{fffd}[2J is not there");
  });

  test("for want of the right options says so and ends with 2", async () => {
    const { code, stderr } = await run("--ask-wrongly");
    expect([code, stderr]).toEqual([2, "That does not fit.\n"]);
  });
});

test("JSON has its control characters escaped, those that JSON itself leaves too", async () => {
  const text = "\u{1b}[2J\u{9b}2J\u{7f}";
  const { stdout } = await run("--json", text);
  expect(stdout).toBe('{"text":"\\u001b[2J\\u009b2J\\u007f"}\n');
  expect(JSON.parse(stdout)).toEqual({ text });
});
