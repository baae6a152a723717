/** What surrounds every page: skip link, header, progress of navigation, and where the focus goes. */
import { useEffect, useRef } from "react";
import {
  Outlet,
  ScrollRestoration,
  useFetchers,
  useLocation,
  useNavigation,
  useRevalidator,
} from "react-router";
import { onSignedOutElsewhere } from "../between-tabs.ts";
import { useWords } from "../language.ts";
import { useSeller } from "../seller.ts";
import { Header } from "./Header.tsx";
import { LanguageChoice } from "./LanguageChoice.tsx";
import { LegalLinks, SupportLink } from "./Support.tsx";

export function Layout() {
  const { frame } = useWords();
  const { name } = useSeller();
  useFocusOnNavigation();
  useFocusOnceDone();
  useSignOutElsewhere();

  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only z-20 rounded-lg bg-surface px-4 py-2 focus:not-sr-only focus:absolute focus:top-3 focus:start-3"
      >
        {frame.skip}
      </a>
      <NavigationProgress />
      <Header />
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-6xl grow px-4 pt-8 pb-20 outline-none sm:px-6 sm:pt-12"
      >
        <Outlet />
      </main>
      {/* Only once the page is there: on a page that becomes longer or shorter it would jump. */}
      <footer className="border-t border-line [main:has(>[aria-busy])+&]:invisible">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-4 px-4 py-6 text-sm text-muted sm:px-6">
          <div className="grid gap-2">
            <p>{frame.footer({ seller: name })}</p>
            <div className="flex flex-wrap gap-x-5 gap-y-2 empty:hidden">
              <SupportLink />
              <LegalLinks />
            </div>
          </div>
          <LanguageChoice />
        </div>
      </footer>
      <ScrollRestoration />
    </div>
  );
}

/** A new page is announced from its heading. The first page keeps the browser's own focus, and whoever types keeps theirs. */
function useFocusOnNavigation() {
  const { pathname, search } = useLocation();
  const parameters = new URLSearchParams(search);
  const place = [pathname, parameters.get("after"), parameters.get("before")].join(" ");
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    const isTyping = document.activeElement instanceof HTMLInputElement;
    if (!isTyping) focusHeading();
  }, [place]);
}

/** A button that did its work may be gone, and the focus with it; whoever navigates by keyboard begins at the heading. */
function useFocusOnceDone() {
  const { state } = useRevalidator();
  const isBusy = useFetchers().some((fetcher) => fetcher.state !== "idle") || state !== "idle";
  const wasBusy = useRef(false);
  useEffect(() => {
    if (wasBusy.current && !isBusy && document.activeElement === document.body) focusHeading();
    wasBusy.current = isBusy;
  }, [isBusy]);
}

/** What another student may see next must not be this one's: the page is loaded anew, by nobody. */
function useSignOutElsewhere() {
  const { revalidate } = useRevalidator();
  useEffect(() => onSignedOutElsewhere(() => void revalidate()), [revalidate]);
}

const focusHeading = () => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });

function NavigationProgress() {
  const { frame } = useWords();
  const { state } = useNavigation();
  if (state === "idle") return null;
  return (
    <>
      <output className="sr-only">{frame.loading}</output>
      <div aria-hidden="true" className="appear-late fixed inset-x-0 top-0 z-10 h-0.5 bg-accent-soft">
        <div className="h-full w-1/3 bg-accent motion-safe:animate-pulse" />
      </div>
    </>
  );
}
