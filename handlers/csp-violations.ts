/**
 * Reads reports about the Content-Security-Policy, in both forms that browsers send. Anybody can send one, and addresses can
 * hold anything, so of each is kept what was forbidden, the origin that it came from and the page's path, and nothing else.
 */
import * as z from "zod/mini";

/** `report-uri` of Firefox and Safari; `report-to` of Chromium. */
export const reportTypes = ["application/csp-report", "application/reports+json"];

export interface PolicyViolation {
  /** E.g. `script-src-elem`. */
  directive: string;
  /** An origin, a scheme, or a word such as `inline`. */
  blocked: string;
  /** A path of the client's, without its query; `other` of what is none. */
  page: string;
}

/** A request carries few; the rest of a larger one says nothing new. */
const MOST_VIOLATIONS = 20;

const text = z.catch(z.string(), "");

const oldSchema = z.object({
  "csp-report": z.object({
    "document-uri": text,
    "effective-directive": text,
    "violated-directive": text,
    "blocked-uri": text,
    "source-file": text,
  }),
});

const newSchema = z.array(
  z.object({
    type: z.string(),
    body: z.catch(
      z.object({ documentURL: text, effectiveDirective: text, blockedURL: text, sourceFile: text }),
      { documentURL: "", effectiveDirective: "", blockedURL: "", sourceFile: "" },
    ),
  }),
);

/** What is taken. */
export const reportSchema = z.union([oldSchema, newSchema]);

interface Report {
  document: string;
  directive: string;
  blocked: string;
  source: string;
}

/** @returns undefined for what is no report; without what a browser's extension has slipped into the page */
export function readViolations(body: unknown): PolicyViolation[] | undefined {
  return readReports(body)
    ?.slice(0, MOST_VIOLATIONS)
    .filter(({ source, blocked }) => !isExtension(source) && !isExtension(blocked))
    .map(({ document, directive, blocked }) => ({
      directive: wordOr(directive.split(" ")[0] ?? "", "other"),
      blocked: sourceOf(blocked),
      page: pageOf(document),
    }));
}

function readReports(body: unknown): Report[] | undefined {
  const old = oldSchema.safeParse(body);
  if (old.success) {
    const report = old.data["csp-report"];
    const directive = report["effective-directive"] || report["violated-directive"];
    const { "document-uri": document, "blocked-uri": blocked, "source-file": source } = report;
    return [{ document, directive, blocked, source }];
  }
  return newSchema
    .safeParse(body)
    .data?.filter(({ type }) => type === "csp-violation")
    .map(({ body: { documentURL: document, effectiveDirective: directive, blockedURL, sourceFile } }) => ({
      document,
      directive,
      blocked: blockedURL,
      source: sourceFile,
    }));
}

const isExtension = (address: string) => /^[a-z-]*extension\b/.test(address);

const wordOr = (word: string, other: string) => (/^[a-z-]{1,40}$/.test(word) ? word : other);

function sourceOf(blocked: string): string {
  if (!URL.canParse(blocked)) return wordOr(blocked, "other");
  const { protocol, origin } = new URL(blocked);
  const isSite = /^(https?|wss?):$/.test(protocol) && origin.length <= 100;
  return isSite ? origin : wordOr(protocol.slice(0, -1), "other");
}

function pageOf(address: string): string {
  const { pathname } = URL.canParse(address) ? new URL(address) : { pathname: "" };
  return /^\/[\w/-]{0,100}$/.test(pathname) ? pathname : "other";
}
