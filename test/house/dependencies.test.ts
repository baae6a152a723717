import { expect, test } from "vitest";
import { measureSizes } from "#infra/operate/packages/measure-sizes.ts";
import packageJson from "../../package.json" with { type: "json" };
import packageLock from "../../package-lock.json" with { type: "json" };
import { codeIn, sectionOf, tableRowsIn } from "./markdown.ts";
import { reachedFrom } from "./reached-files.ts";
import { readTracked } from "./tracked-files.ts";

const installing = sectionOf(readTracked("infra/local/README.md"), "What is installed");
const locked = packageLock.packages as Record<string, { dev?: boolean }>;

/** What is started beside a command, in a process of its own, and what that loads. */
const BUILDS = [
  "infra/builds/bundle-programs.js",
  "infra/deployment/programs/build-client.ts",
  "infra/operate/console/programs/build-client.ts",
  "client/vite.config.ts",
  "infra/operate/console/client/vite.config.ts",
  "client/main.tsx",
  "client/style.css",
  "infra/operate/console/client/main.tsx",
];

const programOf = (script: string) => / (\S+\.ts)$/.exec(script)?.[1];

/** @returns a sentence for each package that `npm ci --omit=dev` leaves out */
function leftOut(entries: string[]): string[] {
  return [...reachedFrom(entries).packages]
    .filter(([name]) => locked[`node_modules/${name}`]?.dev)
    .map(([name, file]) => `${name}, for ${file}`);
}

test("what runs here needs no development package", () => {
  const programs = Object.entries(packageJson.scripts).flatMap(([name, script]) =>
    DEVELOP.includes(name) ? [] : (programOf(script) ?? []),
  );
  expect(programs.length).toBeGreaterThan(15);
  expect(leftOut([...programs, ...BUILDS, "infra/command-line/run-sources.js"])).toEqual([]);
});

const [develop = ""] = installing.split("\n\n").filter((text) => text.startsWith("Without"));
const DEVELOP = codeIn(develop).filter((name) => name in packageJson.scripts);

test("of each command that is said to need development packages, it is true", () => {
  expect(DEVELOP.length).toBeGreaterThan(5);
  const needing = DEVELOP.filter((name) => {
    const script = packageJson.scripts[name as keyof typeof packageJson.scripts];
    const program = programOf(script);
    if (program && leftOut([program]).length > 0) return true;
    // What runs a tool by its path or its name asks before.
    return program
      ? readTracked(program).includes("explainMissingDevelopment()")
      : /require-development|npm test/.test(script);
  });
  expect(needing).toEqual(DEVELOP);
});

test("nothing is a dependency that no program, test or tool of this house has a use for", () => {
  const programs = Object.values(packageJson.scripts).flatMap((script) => programOf(script) ?? []);
  const { packages } = reachedFrom([...programs, ...BUILDS]);
  const unused = Object.keys(packageJson.dependencies).filter(
    (name) => !packages.has(name) && name !== "tsx",
  );
  expect(unused).toEqual([]);
});

test("each of the ten largest packages has its row, which says why it is there", () => {
  const largest = measureSizes().map(({ name }) => name);
  const explained = tableRowsIn(installing).flatMap(([name = ""]) => codeIn(name));
  expect(largest.slice(0, 10).filter((name) => !explained.includes(name))).toEqual([]);
  expect(explained.filter((name) => !largest.slice(0, 20).includes(name))).toEqual([]);
});
