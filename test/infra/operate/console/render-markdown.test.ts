import { expect, test } from "vitest";
import { renderMarkdown } from "#infra/operate/console/render-markdown.ts";

const render = (markdown: string) =>
  renderMarkdown(markdown, (href) => (href.startsWith("#") ? `/runbook/${href.slice(1)}` : undefined));

test("HTML in a text is shown as it is written, and never becomes an element", () => {
  expect(render("a <script>alert(1)</script> & <b onclick=x>b</b>")).toEqual([
    { tag: "p", children: ["a ", "<script>", "alert(1)", "</script>", " & ", "<b onclick=x>", "b", "</b>"] },
  ]);
  expect(render("<div>\n<img src=x onerror=y>\n</div>")).toEqual(["<div>\n<img src=x onerror=y>\n</div>"]);
});

test("a link leads to a section or to another site, and any other stands as its words", () => {
  expect(render("[a](#b) [c](https://d.example/) [e](../f.md) [g](javascript:alert(1)) ![h](i.png)")).toEqual(
    [
      {
        tag: "p",
        children: [
          { tag: "a", href: "/runbook/b", children: ["a"] },
          " ",
          { tag: "a", href: "https://d.example/", children: ["c"] },
          " ",
          { tag: "span", children: ["e"] },
          " ",
          { tag: "span", children: ["g"] },
          " ",
          "![h](i.png)",
        ],
      },
    ],
  );
});

test("tables, lists and commands keep their shape", () => {
  expect(render("| A |\n|---|\n| `b` |\n\n- one\n- **two**\n\n```sh\nc <d>\n```")).toEqual([
    {
      tag: "table",
      children: [
        { tag: "thead", children: [{ tag: "tr", children: [{ tag: "th", children: ["A"] }] }] },
        {
          tag: "tbody",
          children: [{ tag: "tr", children: [{ tag: "td", children: [{ tag: "code", children: ["b"] }] }] }],
        },
      ],
    },
    {
      tag: "ul",
      children: [
        { tag: "li", children: ["one"] },
        { tag: "li", children: [{ tag: "strong", children: ["two"] }] },
      ],
    },
    { tag: "pre", children: ["c <d>"] },
  ]);
});
