/** What can be wrong with documents. Each check returns its findings as sentences; none is well. */
import path from "node:path";
import {
  anchorsIn,
  codeIn,
  relativeLinksIn,
  sectionOf,
  tableRowsIn,
  withoutFences,
  wordsIn,
} from "./markdown.ts";

export interface Document {
  /** From the repository's root. */
  file: string;
  text: string;
}

/** @param files all that a link may lead to; a folder is there when something is in it */
export function findBrokenLinks(documents: Document[], files: readonly string[]): string[] {
  const texts = new Map(documents.map(({ file, text }) => [file, text]));
  const exists = (target: string) =>
    files.some((file) => file === target || file.startsWith(`${target}/`)) || target === ".";
  return documents.flatMap(({ file, text }) =>
    relativeLinksIn(text).flatMap((link) => {
      const [target = "", anchor] = link.split("#");
      const place = target ? path.join(path.dirname(file), target).replace(/\/$/, "") : file;
      if (!exists(place)) return `${file} links ${link}, which is not there`;
      if (anchor === undefined) return [];
      const isThere = anchorsIn(texts.get(place) ?? "").includes(anchor);
      return isThere ? [] : `${file} links ${link}, and ${place} has no such heading`;
    }),
  );
}

/** @returns documents that no chain of links leads to */
export function findUnreachable(documents: Document[], start: string): string[] {
  const texts = new Map(documents.map(({ file, text }) => [file, text]));
  const reached = new Set([start]);
  for (const file of reached) {
    for (const link of relativeLinksIn(texts.get(file) ?? "")) {
      const target = path.join(path.dirname(file), link.split("#")[0] ?? "");
      if (texts.has(target)) reached.add(target);
    }
  }
  return [...texts.keys()].filter((file) => !reached.has(file));
}

/** Those of npm itself. */
const NPM_OWN = ["ci", "audit"];

/** @param scripts names in package.json */
export function findUnknownCommands(documents: Document[], scripts: readonly string[]): string[] {
  return documents.flatMap(({ file, text }) =>
    codeIn(text)
      .flatMap((code) => [...code.matchAll(/\bnpm (run )?(?:--silent )?([a-z][\w:-]*)/g)])
      .filter(([, run, name = ""]) => !scripts.includes(name) && (run || !NPM_OWN.includes(name)))
      .map(([command]) => `${file} names ${command}, which package.json does not have`),
  );
}

const COUNTED =
  "alarms|attacks|commands|decisions|documents|executions|files|functions|holes|kills|promises|purchases|scenarios|stacks|states|tests";

/** How many there are of what grows is right on the day it is written. Tables of measurements say when they were made. */
export function findLooseCounts(documents: Document[]): string[] {
  const count = new RegExp(`\\b\\d[\\d,.]* (?:${COUNTED})\\b`, "gi");
  return documents.flatMap(({ file, text }) => {
    const prose = withoutFences(text).replaceAll(/^\|.*$/gm, "");
    return [...prose.matchAll(count)].map(([words]) => `${file} counts "${words}", which nothing checks`);
  });
}

/** One name each: what readers would otherwise take for two things. */
const OTHER_NAMES: [wrong: RegExp, right: string][] = [
  [/webhook queue/gi, "overflow queue"],
  [/(?<!checkout |sign-in )\bsessions?\b(?! storage)/gi, "checkout session"],
];

export function findOtherNames(documents: Document[]): string[] {
  return documents.flatMap(({ file, text }) => {
    const prose = wordsIn(text);
    return OTHER_NAMES.flatMap(([wrong, right]) =>
      [...prose.matchAll(wrong)].map(([words]) => `${file} says "${words}" instead of ${right}`),
    );
  });
}

/** @param slugs of the alarms, e.g. `dead-letters` */
export function findMissingInRunbook(runbook: string, slugs: readonly string[]): string[] {
  const anchors = anchorsIn(runbook);
  const [table = ""] = runbook.split(/^## /m);
  const linked = tableRowsIn(table).flatMap(([alarm = ""]) => relativeLinksIn(alarm));
  return slugs.flatMap((slug) => [
    ...(anchors.includes(slug) ? [] : [`the runbook has no section ${slug}`]),
    ...(linked.includes(`#${slug}`) ? [] : [`the runbook's table has no row for ${slug}`]),
  ]);
}

/** @returns what a section links, from the repository's root */
export function linkedFiles({ file, text }: Document, section: string): string[] {
  const links = relativeLinksIn(sectionOf(text, section));
  return [...new Set(links.map((link) => path.join(path.dirname(file), link)))];
}
