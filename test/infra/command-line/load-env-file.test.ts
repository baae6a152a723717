import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadEnvFile } from "#infra/command-line/load-env-file.ts";
import { LOCAL_VARIABLES, readLocalSettings } from "#infra/local/settings.ts";
import { readTracked } from "#test/house/tracked-files.ts";
import { resultOf, spawnNpmCommand } from "#test/support/run-npm-command.ts";

let directory: string;
const before = { ...process.env };
const file = () => path.join(directory, ".env");

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "bursar-env-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
});

describe("a file of one's own settings", () => {
  test("is read, and what the shell says stands", () => {
    process.env["FROM_SHELL"] = "shell";
    const text = `# a comment\n\nexport PLAIN = 1 # and why\nQUOTED="a # b\nc"\r\nEMPTY=\nFROM_SHELL=file\n`;
    writeFileSync(file(), text);
    loadEnvFile(file());
    const { PLAIN, QUOTED, EMPTY, FROM_SHELL } = process.env;
    expect({ PLAIN, QUOTED, EMPTY, FROM_SHELL }).toEqual({
      PLAIN: "1",
      QUOTED: "a # b\nc",
      EMPTY: "",
      FROM_SHELL: "shell",
    });
  });

  test("need not be there, nor be wanted", () => {
    loadEnvFile(file());
    loadEnvFile("");
    expect(process.env).toEqual(before);
  });

  test.each([
    ["A=1\nsk_test_secret\nB=2", 2],
    ["A=1\n\nB='two", 3],
    ['{ "PORT": 1 }', 1],
  ])("that is broken is named with its line, and nothing of its content: %j", (text, line) => {
    writeFileSync(file(), text);
    expect(() => loadEnvFile(file())).toThrow(`${file()} cannot be used: line ${line} is not NAME=value.`);
    expect(process.env["A"]).toBeUndefined();
  });

  test("that is a folder says so in a sentence, and the command ends with 1", async () => {
    mkdirSync(file());
    const { code, stderr } = await resultOf(
      spawnNpmCommand("openapi", [], { env: { BURSAR_ENV_FILE: file() } }),
    );
    expect([code, stderr.trim()]).toEqual([1, `${file()} cannot be read (EISDIR).`]);
  });
});

describe("the example", () => {
  const settings = [...readTracked(".env.example").matchAll(/^#(\w+)=(.*)$/gm)].map(
    ([, name = "", value = ""]) => [name, value] as const,
  );

  test("has every setting of the one-machine deployment, and the defaults of ports and data", () => {
    const names = settings.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(LOCAL_VARIABLES));
    const defaults = settings.filter(([name]) => /(^|_)PORT$|DATA_DIR/.test(name));
    expect(defaults).toHaveLength(6);
    expect(readLocalSettings(Object.fromEntries(defaults))).toEqual(readLocalSettings({}));
  });

  test("is a file that can be used", () => {
    writeFileSync(file(), readTracked(".env.example"));
    loadEnvFile(file());
    expect(process.env).toEqual(before);
  });
});
