/** JSON under a title; what is long scrolls by itself. */
import { prettyJson } from "../words.ts";

/** What went into or came out of a state. */
export function JsonBlock({ title, value }: { title: string; value: unknown }) {
  if (value === undefined || value === null || value === "") return null;
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-xs font-medium text-muted">{title}</h3>
      <section
        aria-label={title}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-64 overflow-auto rounded-lg border border-line bg-sunken p-3"
      >
        <pre className="font-mono text-xs leading-relaxed break-words whitespace-pre-wrap">
          {prettyJson(value)}
        </pre>
      </section>
    </div>
  );
}
