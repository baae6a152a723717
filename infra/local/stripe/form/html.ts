/** A template tag that escapes whatever is not itself made by the tag. */
export interface Html {
  readonly html: string;
}

type Content = Html | Html[] | string | number | null | undefined | false;

export function html(strings: TemplateStringsArray, ...contents: Content[]): Html {
  return {
    html: strings.reduce((text, part, index) => text + render(contents[index - 1]) + part),
  };
}

function render(content: Content): string {
  if (content === null || content === undefined || content === false) return "";
  if (Array.isArray(content)) return content.map(({ html }) => html).join("");
  return typeof content === "object" ? content.html : escape(String(content));
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
