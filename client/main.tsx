/** Starts the students' site, in the student's language from the first thing that is seen. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { startLanguage } from "./language.ts";
import { joinOtherTabs } from "./new-tab.ts";
import { routes } from "./routes.tsx";
import { startSeller } from "./seller.ts";

const container = document.getElementById("root");
if (!container) throw new Error("index.html has no #root");
const root = createRoot(container);

// The first page's data is asked for meanwhile.
const router = createBrowserRouter(routes);

// Not awaited: a language's words import from this file, which has to have ended by then. And nobody who is signed in beside is
// met as a stranger.
void Promise.all([startLanguage(), startSeller(), joinOtherTabs()]).then(
  () =>
    root.render(
      <StrictMode>
        <RouterProvider router={router} />
      </StrictMode>,
    ),
  // Without any words, those that the page itself has.
  () => document.querySelector("[data-without-words]")?.removeAttribute("hidden"),
);
