/** What tests of documents need to know of a Markdown text. */

const FENCED = /^```.*\n([\s\S]*?)^```$/gm;
const INLINE_CODE = /`([^`\n]+)`/g;

export const withoutFences = (text: string): string => text.replaceAll(FENCED, "");

/** What is written for people: neither code, nor names of files, nor where links lead; in one line. */
export const wordsIn = (text: string): string =>
  withoutFences(text)
    .replaceAll(INLINE_CODE, "code")
    .replaceAll(/\[[\w/.-]+\.\w+\]\([^)]*\)/g, "file")
    .replaceAll(/\]\([^)]*\)/g, "]")
    .replaceAll(/\s+/g, " ");

/** What is written as code: fenced blocks, and words between backticks. */
export function codeIn(text: string): string[] {
  const fenced = [...text.matchAll(FENCED)].map(([, code = ""]) => code);
  const inline = [...withoutFences(text).matchAll(INLINE_CODE)].map(([, code = ""]) => code);
  return [...fenced, ...inline];
}

/** Targets of links and images, but for those of other sites. */
export function relativeLinksIn(text: string): string[] {
  const prose = withoutFences(text).replaceAll(INLINE_CODE, "code");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** @returns the titles of the headings of a level, e.g. `##` */
export function headingsIn(text: string, level = "#+"): string[] {
  return [...withoutFences(text).matchAll(new RegExp(`^${level} (.+)$`, "gm"))].map(
    ([, title = ""]) => title,
  );
}

/** As GitHub makes them of headings; a title that is there twice gives two. */
export function anchorsIn(text: string): string[] {
  const seen = new Map<string, number>();
  return headingsIn(text).map((title) => {
    const anchor = title
      .toLowerCase()
      .replaceAll(/\]\([^)]*\)/g, "")
      .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, "")
      .replaceAll(" ", "-");
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

/** @returns the text between a heading and the next one of its level or above */
export function sectionOf(text: string, title: string): string {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, "") === title);
  if (first < 0) return "";
  const level = /^#+/.exec(lines[first] ?? "")?.[0].length ?? 1;
  const length = lines.slice(first + 1).findIndex((line) => new RegExp(`^#{1,${level}} `).test(line));
  return lines.slice(first + 1, length < 0 ? undefined : first + 1 + length).join("\n");
}

/** @returns the cells of each row of the tables in a text, without head and rule */
export function tableRowsIn(text: string): string[][] {
  const lines = withoutFences(text).split("\n");
  return lines
    .filter((line, index) => isRow(line) && !isRule(line) && !isRule(lines[index + 1] ?? ""))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const isRow = (line: string) => /^\|.*\|$/.test(line);
const isRule = (line: string) => /^[|:\s-]+$/.test(line) && line.includes("---");
