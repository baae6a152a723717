/** Two texts as one: what only one of them has is marked by colour, by a sign and in words. */
import { type Change, diffLines } from "diff";
import { useMemo } from "react";

/** Lines around a difference that say where it is. */
const CONTEXT = 3;

interface TextDiffProps {
  title: string;
  left: string;
  right: string;
}

export function TextDiff({ title, left, right }: TextDiffProps) {
  const changes = useMemo(() => diffLines(withEnd(left), withEnd(right)), [left, right]);
  const isSame = left === right;
  return (
    <section aria-label={title} className="grid min-w-0 gap-2">
      <h2 className="text-base">
        {title}{" "}
        <span className={`ml-1 text-sm font-normal ${isSame ? "text-muted" : "text-bad"}`}>
          {isSame ? (left ? "the same" : "none") : "differs"}
        </span>
      </h2>
      {isSame ? (
        <SameText text={left} />
      ) : (
        <section
          aria-label={`Differences of ${title}`}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
          tabIndex={0}
          className="max-h-128 overflow-auto rounded-lg border border-line bg-sunken p-3 font-mono text-xs leading-relaxed break-words whitespace-pre-wrap"
        >
          {changes.map((change, index) => (
            <Part key={index} change={change} isFirst={index === 0} isLast={index === changes.length - 1} />
          ))}
        </section>
      )}
    </section>
  );
}

function SameText({ text }: { text: string }) {
  if (!text) return null;
  return (
    <details>
      <summary className="w-fit rounded-lg py-1">Show it</summary>
      <pre className="mt-1 overflow-x-auto rounded-lg border border-line bg-sunken p-3 font-mono text-xs break-words whitespace-pre-wrap">
        {text}
      </pre>
    </details>
  );
}

function Part({ change, isFirst, isLast }: { change: Change; isFirst: boolean; isLast: boolean }) {
  const { value, removed, added } = change;
  if (removed)
    return (
      <del className="block bg-bad-soft text-bad no-underline">
        <span className="sr-only">Only left: </span>
        {marked(value, "-")}
      </del>
    );
  if (added)
    return (
      <ins className="block bg-good-soft text-good no-underline">
        <span className="sr-only">Only right: </span>
        {marked(value, "+")}
      </ins>
    );
  return <span className="block text-muted">{folded(value, isFirst, isLast)}</span>;
}

const linesOf = (text: string) => text.replace(/\n$/, "").split("\n");
const marked = (text: string, sign: string) =>
  linesOf(text)
    .map((line) => `${sign} ${line}`)
    .join("\n");

/** What both have matters near a difference. */
function folded(text: string, isFirst: boolean, isLast: boolean): string {
  const lines = linesOf(text);
  const head = isFirst ? [] : lines.slice(0, CONTEXT);
  const tail = isLast ? [] : lines.slice(-CONTEXT);
  const left = lines.length - head.length - tail.length;
  const shown = left > 1 ? [...head, `... ${left} lines are the same ...`, ...tail] : lines;
  return shown.map((line) => `  ${line}`).join("\n");
}

/** A last line without an end would differ from the same line with one. */
const withEnd = (text: string) => (text && !text.endsWith("\n") ? `${text}\n` : text);
