/** Our own Markdown as what the page draws: a small tree of known elements, so that nothing in a text is ever HTML. */
import { lexer, type Token, type Tokens } from "marked";
import type { MarkdownNode } from "./contract.ts";

/** @param linkTo where a link of the text leads within the console; undefined: nowhere, and its words stand alone */
export function renderMarkdown(
  markdown: string,
  linkTo: (href: string) => string | undefined,
): MarkdownNode[] {
  return lexer(markdown).flatMap((token) => nodesOf(token, linkTo));
}

type LinkTo = Parameters<typeof renderMarkdown>[1];

const INLINE = { strong: "strong", em: "em", del: "del", blockquote: "blockquote", paragraph: "p" } as const;

function nodesOf(token: Token, linkTo: LinkTo): MarkdownNode[] {
  const inside = (tokens: Token[] = []) => tokens.flatMap((one) => nodesOf(one, linkTo));
  switch (token.type) {
    case "space":
      return [];
    case "strong":
    case "em":
    case "del":
    case "blockquote":
    case "paragraph":
      return [{ tag: INLINE[token.type], children: inside(token.tokens) }];
    case "heading":
      return [{ tag: token.depth <= 2 ? "h2" : "h3", children: inside(token.tokens) }];
    case "codespan":
      return [{ tag: "code", children: [token.text as string] }];
    case "code":
      return [{ tag: "pre", children: [token.text as string] }];
    case "br":
      return [{ tag: "br", children: [] }];
    case "link":
      return [linkOf(token as Tokens.Link, inside(token.tokens), linkTo)];
    case "list":
      return [listOf(token as Tokens.List, linkTo)];
    case "table":
      return [tableOf(token as Tokens.Table, linkTo)];
    default:
      // Of HTML, too, what is written is what is shown.
      return token.type === "text" && token.tokens ? inside(token.tokens) : [textOf(token)];
  }
}

/** Of an escape what is meant by it, and of all else what is written. */
const textOf = (token: Token): string =>
  token.type === "text" || token.type === "escape" ? String(token.text) : token.raw;

function linkOf({ href }: Tokens.Link, children: MarkdownNode[], linkTo: LinkTo): MarkdownNode {
  const to = /^https?:/.test(href) ? href : linkTo(href);
  return to === undefined ? { tag: "span", children } : { tag: "a", href: to, children };
}

const listOf = ({ ordered, items }: Tokens.List, linkTo: LinkTo): MarkdownNode => ({
  tag: ordered ? "ol" : "ul",
  children: items.map(({ tokens }) => ({
    tag: "li",
    children: tokens.flatMap((token) => nodesOf(token, linkTo)),
  })),
});

function tableOf({ header, rows }: Tokens.Table, linkTo: LinkTo): MarkdownNode {
  const row = (cells: Tokens.TableCell[], tag: "th" | "td"): MarkdownNode => ({
    tag: "tr",
    children: cells.map(({ tokens }) => ({
      tag,
      children: tokens.flatMap((token) => nodesOf(token, linkTo)),
    })),
  });
  return {
    tag: "table",
    children: [
      { tag: "thead", children: [row(header, "th")] },
      { tag: "tbody", children: rows.map((cells) => row(cells, "td")) },
    ],
  };
}
