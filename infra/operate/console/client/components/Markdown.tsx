/** Draws what the server has read of a Markdown text; no HTML goes in, so none comes out. */
import { createElement, Fragment, type ReactNode, useState } from "react";
import { Link } from "react-router";
import type { MarkdownNode } from "#infra/operate/console/contract.ts";
import { Button } from "./Button.tsx";

const LOOKS: Partial<Record<Exclude<MarkdownNode, string>["tag"], string>> = {
  blockquote: "border-l-2 border-line pl-3 text-muted",
  code: "rounded bg-sunken px-1 font-mono text-xs break-words",
  h2: "text-base",
  h3: "text-sm",
  ol: "grid max-w-prose list-decimal gap-1 pl-5",
  p: "max-w-prose",
  ul: "grid max-w-prose list-disc gap-1 pl-5",
  td: "min-w-40 border-t border-line px-2 py-1.5 align-top",
  th: "px-2 py-1.5 text-left font-medium text-muted",
};

export function Markdown({ nodes }: { nodes: MarkdownNode[] }) {
  // oxlint-disable-next-line react/no-array-index-key -- the text stands as it is
  return nodes.map((node, index) => <Fragment key={index}>{draw(node)}</Fragment>);
}

function draw(node: MarkdownNode): ReactNode {
  if (typeof node === "string") return node;
  const { tag, href = "", children } = node;
  const inside = <Markdown nodes={children} />;
  switch (tag) {
    case "a":
      return href.startsWith("/") ? (
        <Link to={href} className="text-accent underline">
          {inside}
        </Link>
      ) : (
        <a href={href} rel="noreferrer" className="text-accent underline">
          {inside}
        </a>
      );
    case "pre":
      return <CodeBlock code={children.map(textIn).join("")} />;
    case "table":
      return (
        <section
          aria-label={textIn(children[0] ?? "")}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-lg border border-line"
        >
          <table className="w-full text-sm">{inside}</table>
        </section>
      );
    case "br":
      return <br />;
    default:
      return createElement(tag, { className: LOOKS[tag] }, inside);
  }
}

/** Several on a page are told apart by their first words. */
const textIn = (node: MarkdownNode): string =>
  typeof node === "string" ? node : node.children.map(textIn).join(" ");

/** Commands are there to be given. */
function CodeBlock({ code }: { code: string }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard.writeText(code).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  return (
    <div className="grid max-w-prose min-w-0 grid-cols-[minmax(0,1fr)] gap-1">
      <section
        aria-label={code}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-lg border border-line bg-sunken p-3"
      >
        <pre className="font-mono text-xs leading-relaxed">{code}</pre>
      </section>
      <div className="flex items-center justify-end gap-2">
        <output className="text-xs text-muted">{isCopied ? "Copied" : ""}</output>
        <Button onClick={copy}>Copy</Button>
      </div>
    </div>
  );
}
