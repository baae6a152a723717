/** Second addresses of two pages, for links that name the course or the purchase in the query. */
import { type LoaderFunctionArgs, replace } from "react-router";
import { checkoutPath, purchasePath } from "./paths.ts";

/** `/checkout?courseId=...` */
export function leadToCheckout({ request }: LoaderFunctionArgs): Response | null {
  const courseId = new URL(request.url).searchParams.get("courseId");
  return courseId ? replace(checkoutPath(courseId)) : null;
}

/** `/enrollment/return?session_id=cs_...` */
export function leadToPurchase({ request }: LoaderFunctionArgs): Response | null {
  const checkoutSessionId = new URL(request.url).searchParams.get("session_id");
  return checkoutSessionId ? replace(purchasePath(checkoutSessionId)) : null;
}
