/** What goes wrong, by the code of the failure. */
import type { RefusalCode } from "#workflow/contract.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("en");

export const problems = {
  pageNotFound: "Page not found",
  pageNotFoundNote: "The course or purchase may have been removed, or it belongs to another account.",
  pleaseSignIn: "Please sign in",
  didNotWork: "That did not work",
  supportCode: "Support code:",

  askedTooOften: ({ seconds }: { seconds: number }) =>
    plural(seconds, {
      one: (shown) => `You have asked very often in a short time. Wait ${shown} second, then try again.`,
      other: (shown) => `You have asked very often in a short time. Wait ${shown} seconds, then try again.`,
    }),
  byCode: {
    // The API's own.
    invalid_request: "That request was not understood. Reload the page and try again.",
    body_too_large: "That request was not understood. Reload the page and try again.",
    unauthorized: "Sign in to see this page.",
    student_erased: "This account was erased. Sign up again to start anew.",
    not_found: "There is nothing at this address.",
    course_not_found: "There is no such course. Choose one from the catalogue.",
    session_not_found: "There is no such purchase among yours.",
    receipt_not_found: "There is no receipt for this purchase.",
    course_not_for_sale: "This course is not on offer at the moment. Choose another one from the catalogue.",
    payment_in_progress: "A payment for this course is already on its way. There is no need to pay again.",
    too_many_requests: "This site is very busy right now. Wait a few seconds, then try again.",
    internal_error: "Something went wrong on our side. Please try again in a moment.",
    // What the client finds by itself.
    unreachable: "This site cannot be reached right now. Check your connection and try again.",
    sign_in_required: "Sign in to see this page.",
    session_ended: "Your sign-in has ended. Sign in again and you will come back to this page.",
    no_configuration: "This site is not set up completely. Please try again later.",
    no_payment_form:
      "The payment form could not be loaded. Check your connection, or whether something blocks Stripe.",
    unavailable: "Something went wrong on our side. Please try again in a moment.",
    unexpected_answer: "That request was not understood. Reload the page and try again.",
    client_error: "Something went wrong on this page. Please try again.",
  } satisfies Record<RefusalCode, string> & Record<string, string>,
};
