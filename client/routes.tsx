/** Every address of the client. The catalogue is in the first load; the other pages come when they are asked for. */
import type { ComponentType } from "react";
import type { RouteObject } from "react-router";
import { leadToCheckout, leadToPurchase } from "./aliases.ts";
import { Layout } from "./components/Layout.tsx";
import { NotFound, RouteError } from "./components/RouteError.tsx";
import {
  CatalogueSkeleton,
  CheckoutSkeleton,
  CourseSkeleton,
  MyCoursesSkeleton,
  PurchaseSkeleton,
  PurchasesSkeleton,
  SignInSkeleton,
} from "./components/Skeletons.tsx";
import * as catalogue from "./pages/CataloguePage.tsx";
import * as courseList from "./pages/CourseListPage.tsx";
import { SIGN_IN_CALLBACK_PATH } from "./paths.ts";

/** @param HydrateFallback what stands in the page's place while it is the first and on its way */
const page = (HydrateFallback: ComponentType, route: RouteObject): RouteObject => ({
  HydrateFallback,
  ErrorBoundary: RouteError,
  ...route,
});

export const routes: RouteObject[] = [
  {
    Component: Layout,
    ErrorBoundary: RouteError,
    children: [
      page(CatalogueSkeleton, {
        Component: catalogue.Component,
        loader: catalogue.loader,
        shouldRevalidate: catalogue.shouldRevalidate,
        children: [{ index: true, Component: courseList.Component, loader: courseList.loader }],
      }),
      page(CourseSkeleton, { path: "courses/:courseId", lazy: () => import("./pages/CoursePage.tsx") }),
      page(PurchaseSkeleton, { path: "checkout/return", lazy: () => import("./pages/PurchasePage.tsx") }),
      page(CheckoutSkeleton, { path: "checkout/:courseId", lazy: () => import("./pages/CheckoutPage.tsx") }),
      page(CheckoutSkeleton, { path: "checkout", loader: leadToCheckout, Component: NotFound }),
      page(PurchaseSkeleton, { path: "enrollment/return", loader: leadToPurchase, Component: NotFound }),
      page(MyCoursesSkeleton, { path: "my-courses", lazy: () => import("./pages/MyCoursesPage.tsx") }),
      page(PurchasesSkeleton, { path: "purchases", lazy: () => import("./pages/PurchasesPage.tsx") }),
      // It brings an error boundary of its own.
      {
        path: SIGN_IN_CALLBACK_PATH,
        lazy: () => import("./pages/SignInCallbackPage.tsx"),
        HydrateFallback: SignInSkeleton,
      },
      { path: "*", Component: NotFound },
    ],
  },
];
