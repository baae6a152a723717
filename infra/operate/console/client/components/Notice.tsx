/** What a page says beside its content: a warning, why a list is empty, that rows are on their way. */
import type { ReactNode } from "react";
import { Icon, TONES } from "./Status.tsx";

/** What the person must know before anything else on the page. */
export function Notice({ tone, children }: { tone: "bad" | "warn" | "good"; children: ReactNode }) {
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className={`flex items-start gap-2 rounded-lg border px-3 py-2 ${TONES[tone]}`}
    >
      <Icon name={tone === "good" ? "check" : "bang"} className="mt-0.5 size-4" />
      <div className="min-w-0 grow break-words">{children}</div>
    </div>
  );
}

/** A list with nothing in it says why, and what one could do. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="rounded-xl border border-dashed border-line px-4 py-12 text-center text-muted">
      <p className="font-medium text-ink">{title}</p>
      {children ? <div className="mt-1">{children}</div> : null}
    </div>
  );
}

/** Holds the place of rows that are on their way. */
export function Loading({ rows = 6 }: { rows?: number }) {
  return (
    <div aria-busy="true" className="grid gap-2">
      <output className="sr-only">Loading</output>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="h-10 rounded-lg bg-sunken motion-safe:animate-pulse" />
      ))}
    </div>
  );
}
