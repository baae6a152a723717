import { expect, test } from "vitest";
import { offences, sources, within } from "./imports-of.ts";

/** Each room of `infra/`, from the bottom up, with the rooms that it may import. */
const MAY_IMPORT: Record<string, string[]> = {
  "one-machine": [],
  "command-line": [],
  builds: ["command-line"],
  "states-language": ["builds", "one-machine"],
  deployment: ["builds"],
  operate: ["builds", "states-language", "deployment", "one-machine", "command-line"],
  aws: ["builds", "operate", "states-language", "deployment", "one-machine", "command-line"],
  local: ["builds", "operate", "states-language", "deployment", "one-machine", "command-line"],
};

const foldersOf = (rooms: string[]) => rooms.map((room) => `infra/${room}/`);

test("the table has every room of infra, and no other", () => {
  const rooms = sources.flatMap((file) => /^infra\/([^/]+)\//.exec(file)?.[1] ?? []);
  expect([...new Set(rooms)].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

test.each(Object.entries(MAY_IMPORT))("infra/%s imports no room beside or above it", (room, below) => {
  const allowed = within(...foldersOf([room, ...below]));
  expect(
    offences(`infra/${room}/`, (imported) => imported.startsWith("infra/") && !allowed(imported)),
  ).toEqual([]);
});

test("no arrow of the table runs up", () => {
  const floors = Object.keys(MAY_IMPORT);
  for (const [room, below] of Object.entries(MAY_IMPORT)) {
    expect(below.filter((other) => floors.indexOf(other) > floors.indexOf(room))).toEqual([]);
  }
});

test("nothing that deploys or operates imports a test or the client", () => {
  expect(offences("infra/", within("client/", "test/"))).toEqual([]);
});
