// @ts-check
/** Which package is not installed, and what installs it. A plain script: what reads TypeScript may be what is missing. */
import { existsSync, readFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);

/** @type {{ dependencies: Record<string, string>, devDependencies: Record<string, string> }} */
const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));

/**
 * @param {unknown} error as an import or a `require` ends
 * @returns {string | undefined} a sentence; undefined when it is another error
 */
export function explainMissingPackage(error) {
  if (!(error instanceof Error) || !/^(ERR_)?MODULE_NOT_FOUND$/.test(String(codeOf(error)))) return undefined;
  const [, named = ""] = /^Cannot find (?:package|module) '([^'.#/][^']*)'/.exec(error.message) ?? [];
  const [name = ""] = /^(?:@[^/]+\/)?[^/]*/.exec(named) ?? [];
  if (!name) return undefined;
  if (name in devDependencies) return needsDevelopment([name]);
  if (name in dependencies) return "Bursar's packages are not installed. Run `npm ci`.";
  return `The package ${name} is not installed. Run \`npm ci\`.`;
}

/**
 * @param {URL} [modules] where packages are installed
 * @returns {string | undefined} a sentence; undefined when all development packages are there
 */
export function explainMissingDevelopment(modules = new URL("node_modules/", root)) {
  const missing = Object.keys(devDependencies).filter(
    (name) => !existsSync(new URL(`${name}/package.json`, modules)),
  );
  return missing.length > 0 ? needsDevelopment(missing) : undefined;
}

/** @param {string[]} names */
function needsDevelopment(names) {
  const [what, are] =
    names.length > 1 ? ["development packages", "which are"] : ["a development package", "which is"];
  return `This needs ${names.join(", ")}, ${what} ${are} not installed. Run \`npm ci\`, without \`--omit=dev\`.`;
}

/** @param {Error} error */
const codeOf = (error) => ("code" in error ? error.code : undefined);
