/** Leads through the pages of a list. Its links are addresses: each page can be kept, sent and gone back to. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Place } from "../use-place.ts";

interface PagerProps {
  place: Place;
  /** Where the next page begins; undefined on the last one. */
  next: string | undefined;
  /** Of the links to the page before and to the next one, where the list does not begin with the newest. */
  words?: [before: string, next: string];
}

export function Pager({ place: { page, newer, olderAt }, next, words = ["Newer", "Older"] }: PagerProps) {
  if (!newer && !next) return null;
  return (
    <nav aria-label="Pages" className="flex items-center gap-4">
      {newer ? <PageLink to={newer}>{words[0]}</PageLink> : null}
      <span className="text-muted">Page {page}</span>
      {next ? <PageLink to={olderAt(next)}>{words[1]}</PageLink> : null}
    </nav>
  );
}

function PageLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link
      to={to}
      className="inline-flex min-h-9 items-center rounded-lg border border-line bg-surface px-3 font-medium hover:border-edge"
    >
      {children}
    </Link>
  );
}
