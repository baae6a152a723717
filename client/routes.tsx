/** Every address of the client. The catalogue is in the first load; the other pages come when they are asked for. */
import type { RouteObject } from "react-router";
import { Layout } from "./components/Layout.tsx";
import { NotFound, RouteError } from "./components/RouteError.tsx";
import {
  CatalogueSkeleton,
  CheckoutSkeleton,
  CourseSkeleton,
  MyCoursesSkeleton,
  PurchaseSkeleton,
  SignInSkeleton,
} from "./components/Skeletons.tsx";
import * as catalogue from "./pages/CataloguePage.tsx";
import { SIGN_IN_CALLBACK_PATH } from "./paths.ts";

export const routes: RouteObject[] = [
  {
    Component: Layout,
    ErrorBoundary: RouteError,
    children: [
      {
        index: true,
        Component: catalogue.Component,
        loader: catalogue.loader,
        shouldRevalidate: catalogue.shouldRevalidate,
        HydrateFallback: CatalogueSkeleton,
        ErrorBoundary: RouteError,
      },
      {
        path: "courses/:courseId",
        lazy: () => import("./pages/CoursePage.tsx"),
        HydrateFallback: CourseSkeleton,
        ErrorBoundary: RouteError,
      },
      {
        path: "checkout/return",
        lazy: () => import("./pages/PurchasePage.tsx"),
        HydrateFallback: PurchaseSkeleton,
        ErrorBoundary: RouteError,
      },
      {
        path: "checkout/:courseId",
        lazy: () => import("./pages/CheckoutPage.tsx"),
        HydrateFallback: CheckoutSkeleton,
        ErrorBoundary: RouteError,
      },
      {
        path: "my-courses",
        lazy: () => import("./pages/MyCoursesPage.tsx"),
        HydrateFallback: MyCoursesSkeleton,
        ErrorBoundary: RouteError,
      },
      {
        path: SIGN_IN_CALLBACK_PATH,
        lazy: () => import("./pages/SignInCallbackPage.tsx"),
        HydrateFallback: SignInSkeleton,
      },
      { path: "*", Component: NotFound },
    ],
  },
];
