import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ROOT, readTracked, trackedFiles } from "./tracked-files.ts";

const NODE = ['import { readFile } from "node:fs";', "process.env;", "Buffer.of(1);", "setImmediate;"];
const BROWSER = ["document.title;", "window.location;", "localStorage.length;", "let x: HTMLElement;"];

/** @returns the lines that are an error in a new file of the room, whatever the room's other files bring in */
async function refused(room: string, lines: string[]): Promise<string[]> {
  // Below the root, since types are looked for in the folders above.
  await mkdir(path.join(ROOT, ".artifacts"), { recursive: true });
  const directory = await mkdtemp(path.join(ROOT, ".artifacts", "room-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const configuration = {
    extends: path.join(ROOT, room, "tsconfig.json"),
    include: [path.join(ROOT, room), "."],
  };
  await writeFile(path.join(directory, "tsconfig.json"), JSON.stringify(configuration));
  await writeFile(path.join(directory, "lines.ts"), `${lines.join("\n")}\nexport {};`);
  const said = await new Promise<string>((resolve) => {
    execFile("node_modules/.bin/tsc", ["-p", directory], { cwd: ROOT }, (_error, stdout) => resolve(stdout));
  });
  const numbers = [...said.matchAll(/lines\.ts\((\d+),/g)].map((match) => Number(match[1]));
  return lines.filter((_line, index) => numbers.includes(index + 1));
}

test.each([
  ["workflow", [...NODE, ...BROWSER]],
  ["handlers", BROWSER],
  ["infra", BROWSER],
  ["client", NODE],
  ["infra/local/stripe/browser", NODE],
  ["infra/operate/console/client", NODE],
])(
  "%s has the globals of the place where it runs and no others",
  { timeout: 120_000 },
  async (room, foreign) => {
    await expect(refused(room, [...NODE, ...BROWSER])).resolves.toEqual(foreign);
  },
);

test("every room is checked", () => {
  const { references } = JSON.parse(readTracked("tsconfig.json")) as { references: { path: string }[] };
  const rooms = trackedFiles
    .filter((file) => file.endsWith("/tsconfig.json"))
    .map((file) => `./${path.dirname(file)}`);
  expect(references.map((reference) => reference.path).sort()).toEqual(rooms.sort());
});
