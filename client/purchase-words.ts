/** What the student is told at each stage of a purchase. */
import type { CheckoutStatusAnswer, Stage } from "#workflow/contract.ts";

/** Where there is room for a few words only. */
export const STAGE_WORDS: Record<Stage, string> = {
  open: "Not paid yet",
  processing: "Your bank is working on it",
  paid: "Paid, enrollment under way",
  enrolled: "Enrolled",
  needs_attention: "We are looking into it",
  withdrawn: "Withdrawn",
  refunded: "Refunded",
  expired: "Not paid",
};

interface PurchaseWords {
  heading: string;
  explanation: string;
}

/**
 * @param courseName how to call the course, e.g. its name or "your course"
 * @param isSlow the purchase has been at this stage for longer than it should
 */
export function describePurchase(
  { stage, status }: Pick<CheckoutStatusAnswer, "stage" | "status">,
  courseName: string,
  isSlow = false,
): PurchaseWords {
  switch (stage) {
    case "open":
      return {
        heading: "Your payment is not finished",
        explanation: `You have not been charged for ${courseName}. You can go back to checkout and pay.`,
      };
    case "processing":
      return {
        heading: "Your bank is working on it",
        explanation: `Your order of ${courseName} is in, and your bank is still processing the payment. This can take a few business days. There is nothing more to do; you can close this page.`,
      };
    case "paid":
      return {
        heading: "Payment received",
        explanation: isSlow
          ? `Your payment is safe, but writing your enrollment in ${courseName} takes longer than usual. We keep at it. You can close this page; the catalogue will lead you back here.`
          : `We are verifying your payment and writing your enrollment in ${courseName}. This usually takes a few seconds.`,
      };
    case "enrolled":
      return { heading: "You are enrolled", explanation: `${courseName} is yours. Enjoy the course.` };
    case "needs_attention":
      return {
        heading: "We are looking into it",
        explanation:
          "Your payment is safe. Something kept us from finishing your enrollment, and our team has been notified. They will either finish it or refund you; please do not pay again.",
      };
    case "withdrawn":
      return {
        heading: "This purchase was withdrawn",
        explanation: `It gives you no place in ${courseName}. If you still want the course, you can buy it again.`,
      };
    case "refunded":
      return {
        heading: "Your payment was refunded",
        explanation: `You got your money back, and you are not enrolled in ${courseName}. If you want the course after all, you can buy it again.`,
      };
    case "expired":
      return status === "complete"
        ? {
            heading: "Your bank refused the payment",
            explanation: `You have not been charged, and you are not enrolled in ${courseName}. You can start again with another way to pay.`,
          }
        : {
            heading: "This checkout has expired",
            explanation: `You have not been charged. You can start again whenever you like.`,
          };
  }
}
