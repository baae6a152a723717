/** Starts the console's page. */
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { Loading } from "./components/Notice.tsx";
import { Shell } from "./components/Shell.tsx";
import { AlarmsPage } from "./pages/AlarmsPage.tsx";
import { DeliveriesPage } from "./pages/DeliveriesPage.tsx";
import { ExecutionsPage } from "./pages/ExecutionsPage.tsx";
import { FaultsPage } from "./pages/FaultsPage.tsx";
import { FindPage } from "./pages/FindPage.tsx";
import { LedgerPage } from "./pages/LedgerPage.tsx";
import { NotFoundPage } from "./pages/NotFoundPage.tsx";
import { queryClient } from "./use-live.ts";

const router = createBrowserRouter([
  {
    Component: Shell,
    HydrateFallback: Loading,
    children: [
      { index: true, Component: ExecutionsPage },
      // Only these draw the state machine or compare texts, with half of all that there is to load.
      {
        path: "executions/:name",
        lazy: { Component: async () => (await import("./pages/ExecutionPage.tsx")).ExecutionPage },
      },
      {
        path: "dead-letters",
        lazy: { Component: async () => (await import("./pages/DeadLettersPage.tsx")).DeadLettersPage },
      },
      {
        path: "plans/:planId",
        lazy: { Component: async () => (await import("./pages/PlanPage.tsx")).PlanPage },
      },
      {
        path: "compare",
        lazy: { Component: async () => (await import("./pages/ComparePage.tsx")).ComparePage },
      },
      { path: "find", Component: FindPage },
      { path: "alarms", Component: AlarmsPage },
      { path: "deliveries", Component: DeliveriesPage },
      {
        path: "runbook/:section?",
        lazy: { Component: async () => (await import("./pages/RunbookPage.tsx")).RunbookPage },
      },
      { path: "ledger", Component: LedgerPage },
      { path: "faults", Component: FaultsPage },
      { path: "*", Component: NotFoundPage },
    ],
  },
]);

const container = document.getElementById("root");
if (!container) throw new Error("index.html has no #root");

createRoot(container).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
