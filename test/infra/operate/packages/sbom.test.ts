import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build as bundle } from "esbuild";
import { build, type Rolldown } from "vite";
import { beforeAll, expect, test } from "vitest";
import { readInstalledPackages } from "#infra/operate/packages/installed.ts";
import { SHIPPED } from "#infra/operate/packages/shipped.ts";
import { sources } from "#test/house/imports-of.ts";
import { reachedFrom } from "#test/house/reached-files.ts";
import { runNpmCommand } from "#test/support/run-npm-command.ts";
import packageJson from "../../../../package.json" with { type: "json" };

interface Component {
  "bom-ref": string;
  name: string;
  version: string;
  purl: string;
  licenses: { license?: { id: string }; expression?: string }[];
  hashes: { alg: string; content: string }[];
}

interface Bill {
  bomFormat: string;
  specVersion: string;
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

const root = fileURLToPath(new URL("../../../../", import.meta.url));
let bill: Bill;
let text: string;

beforeAll(async () => {
  const { stdout } = await runNpmCommand("sbom", []);
  text = stdout;
  bill = JSON.parse(stdout) as Bill;
});

/** `node_modules/@scope/name/file.js` is `@scope/name`. */
const packageOf = (file: string) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

test("is CycloneDX: each component with its address, licence and digest, and a graph that leads to all of them", () => {
  expect([bill.bomFormat, bill.specVersion]).toEqual(["CycloneDX", "1.5"]);
  const refs = bill.components.map((component) => component["bom-ref"]);
  expect(refs.length).toBeGreaterThan(80);
  expect(new Set(refs).size).toBe(refs.length);
  for (const { name, version, purl, licenses, hashes } of bill.components) {
    expect(purl).toBe(`pkg:npm/${name.replace("@", "%40")}@${version}`);
    expect(licenses[0]?.license?.id ?? licenses[0]?.expression).toMatch(/^[\w.-]+( (OR|AND) [\w.-]+)*$/);
    expect(hashes).toEqual([{ alg: "SHA-512", content: expect.stringMatching(/^[0-9a-f]{128}$/) as string }]);
  }
  const needs = new Map(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const reached = new Set<string>();
  const visit = (ref: string): void => {
    if (reached.has(ref)) return;
    reached.add(ref);
    needs.get(ref)?.forEach(visit);
  };
  visit(bill.metadata.component["bom-ref"]);
  expect([...reached].sort()).toEqual([bill.metadata.component["bom-ref"], ...refs].sort());
});

test("is the same, to the byte, each time", async () => {
  await expect(runNpmCommand("sbom", [])).resolves.toEqual({ code: 0, stdout: text, stderr: "" });
  expect(text).not.toMatch(/timestamp|serialNumber|\d{4}-\d\d-\d\dT/);
});

test("has every package that is in a function's bundle or in the client", async () => {
  const entries = readdirSync(`${root}handlers`).filter((name) => name.endsWith(".ts"));
  const { metafile } = await bundle({
    entryPoints: entries.map((name) => `handlers/${name}`),
    absWorkingDir: root,
    outdir: "unused",
    bundle: true,
    platform: "node",
    format: "esm",
    metafile: true,
    write: false,
  });
  const client = (await build({
    configFile: `${root}client/vite.config.ts`,
    logLevel: "error",
    build: { write: false },
  })) as Rolldown.RolldownOutput;
  const modules = client.output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  const bundled = new Set(
    [...Object.keys(metafile.inputs), ...modules].flatMap((file) => packageOf(file) ?? []),
  );
  expect(bundled.size).toBeGreaterThan(40);
  const listed = new Set(bill.components.map(({ name }) => name));
  expect([...bundled].filter((name) => !listed.has(name))).toEqual([]);
});

test("what is said to be shipped is what functions and client import, no more and no less", () => {
  const shipped = sources.filter(
    (file) => /^(workflow|handlers|client)\//.test(file) && !file.includes("vite"),
  );
  const installed = new Set(readInstalledPackages().map(({ name }) => name));
  const imported = [...reachedFrom(shipped).packages.keys()].filter((name) => installed.has(name));
  expect(imported.filter((name) => name !== "tailwindcss").sort()).toEqual(SHIPPED);
});

test("has none of what only runs here, builds, tests or deploys", () => {
  const listed = bill.components.map(({ name }) => name);
  // What a test needs by name may be in the SDK's bundle, too: npm marks the others.
  const onlyHere = readInstalledPackages().filter(({ runs }) => !runs);
  const developed = Object.keys(packageJson.devDependencies).filter((name) =>
    onlyHere.some((found) => found.name === name),
  );
  expect(developed.length).toBeGreaterThan(20);
  for (const name of ["vite", "tsx", "dynalite", "oidc-provider", "aws-cdk-lib", "constructs", ...developed])
    expect(listed).not.toContain(name);
});

test("follows a dependency to the copy that Node would load", () => {
  const lock = {
    packages: {
      "": { dependencies: { react: "1.0.0" } },
      "node_modules/react": { version: "1.0.0", license: "MIT", dependencies: { inner: "2.0.0" } },
      "node_modules/react/node_modules/inner": { version: "2.0.0", license: "MIT" },
      "node_modules/inner": { version: "1.0.0", license: "MIT", dev: true },
    },
  };
  const shipped = readInstalledPackages(JSON.stringify(lock)).filter((found) => found.shipped);
  expect(shipped.map(({ name, version, needs }) => [name, version, needs])).toEqual([
    ["inner", "2.0.0", []],
    ["react", "1.0.0", ["inner@2.0.0"]],
  ]);
});
