/** `/`: what is the student's own of the catalogue, whichever of its pages is looked at. */
import { Outlet, type ShouldRevalidateFunctionArgs, useLoaderData, useOutletContext } from "react-router";
import type { OwnEnrollment } from "#workflow/contract.ts";
import { listEnrollments } from "../api.ts";
import { CatalogueIntroduction } from "../components/CatalogueIntroduction.tsx";
import { UnfinishedPurchases } from "../components/UnfinishedPurchases.tsx";
import { currentSession } from "../sign-in.ts";
import { loadUnfinishedPurchases } from "../unfinished-purchases.ts";

export async function loader() {
  if (!(await currentSession())) return { enrollments: [], unfinished: [] };
  const [enrollments, unfinished] = await Promise.all([listEnrollments(), loadUnfinishedPurchases()]);
  return { enrollments, unfinished };
}

/** Searching and turning pages changes nothing of it. */
export function shouldRevalidate(args: ShouldRevalidateFunctionArgs): boolean {
  const { currentUrl, nextUrl, defaultShouldRevalidate } = args;
  const isOnlySearching = currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search;
  return isOnlySearching ? false : defaultShouldRevalidate;
}

export function Component() {
  const { enrollments, unfinished } = useLoaderData<typeof loader>();
  return (
    <>
      <CatalogueIntroduction />
      <UnfinishedPurchases purchases={unfinished} />
      <Outlet context={enrollments} />
    </>
  );
}

export const useOwnEnrollments = () => useOutletContext<OwnEnrollment[]>();
