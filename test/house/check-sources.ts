/** What can be wrong with sources, as text. Each check returns its findings as sentences; none is well. */
import { resolveImport } from "./imports-of.ts";

interface Source {
  /** From the repository's root. */
  file: string;
  text: string;
}

const MOST_LINES = 250;

export function findLongFiles(sources: Source[]): string[] {
  return sources.flatMap(({ file, text }) => {
    const lines = text.trimEnd().split("\n").length;
    return lines > MOST_LINES ? `${file} has ${lines} lines` : [];
  });
}

const ANY = "*";

/** What is exported and no other file imports. A default export is for a tool that finds it by itself. */
export function findUnusedExports(sources: Source[]): string[] {
  const used = new Set(sources.flatMap((source) => [...importedNames(source), ...quotedTypes(source)]));
  return sources.flatMap(({ file, text }) =>
    exportedNames(text)
      .filter((name) => ![`${file} ${name}`, `${file} ${ANY}`, name].some((use) => used.has(use)))
      .map((name) => `${file} exports ${name}, which no other file imports`),
  );
}

/** Where programs take what the environment says, and set what libraries read there by themselves. */
const ENVIRONMENT_PLACES = [
  // What all commands share: whether a person wants to see where an error came from.
  "infra/command-line/run-command.ts",
  // As a deployment sets it for its functions.
  "infra/local/deployed-functions.ts",
  "infra/operate/settings.ts",
];

/** Everywhere else the environment is handed over whole to what reads a program's settings, at once and checked. */
export function findEnvironmentReads(sources: Source[]): string[] {
  return sources
    .filter(({ file }) => !ENVIRONMENT_PLACES.includes(file))
    .filter(({ text }) =>
      /\bprocess\.env\b/.test(text.replaceAll(/\bread\w*Settings\((?:\w+, )?process\.env\)/g, "")),
    )
    .map(({ file }) => `${file} reads the environment by itself`);
}

const withoutTexts = (source: string) =>
  source.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/`(?:\\[\s\S]|[^`\\])*`/g, "``");

function exportedNames(source: string): string[] {
  const code = withoutTexts(source);
  const declared = [
    ...code.matchAll(
      /^export (?:declare )?(?:abstract |async )?(?:const|let|class|function\*?|interface|type|enum) (\w+)/gm,
    ),
  ].map((match) => match[1] ?? "");
  const listed = [...code.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap((match) =>
    namesIn(match[1] ?? "").map(({ as }) => as),
  );
  return [...declared, ...listed].filter((name) => name !== "default");
}

/** @returns each as the file and the name that is exported there; any name of a module that is taken whole */
function importedNames({ file, text }: Source): string[] {
  const named = [...text.matchAll(/^(?:import|export) (?:type )?(?:\w+, )?\{([^}]*)\} from "([^"]+)"/gm)];
  const whole = [...text.matchAll(/\bimport\(\s*"([^"]+)"|^import (?:type )?\* as \w+ from "([^"]+)"/gm)];
  return [
    ...named.flatMap(([, names = "", specifier = ""]) =>
      namesIn(names).map(({ name }) => `${resolveImport(file, specifier)} ${name}`),
    ),
    ...whole.map(([, dynamic, star]) => `${resolveImport(file, dynamic ?? star ?? "")} ${ANY}`),
  ];
}

/** As the generator of schemas is told what to read. */
const quotedTypes = ({ text }: Source) => [...text.matchAll(/"([A-Z]\w+)"/g)].map((match) => match[1] ?? "");

const namesIn = (list: string) =>
  list
    .split(",")
    .map((item) => item.trim().replace(/^type /, ""))
    .filter(Boolean)
    .map((item) => {
      const [name = "", as = name] = item.split(" as ");
      return { name, as };
    });
