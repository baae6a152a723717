/** The student's purchases in lists: where there is room for a few words only. */
export const purchases = {
  heading: "Purchases",
  empty: "You have not bought any course yet.",
  stages: {
    open: "Not paid yet",
    processing: "Your bank is working on it",
    paid: "Paid, enrollment under way",
    enrolled: "Enrolled",
    needs_attention: "We are looking into it",
    withdrawn: "Withdrawn",
    refunded: "Refunded",
    expired: "Not paid",
  },
  refunded: ({ amount }: { amount: string }) => `${amount} refunded`,
  receipt: "Receipt",
  receiptOf: ({ course }: { course: string }) => `Receipt: ${course}`,
  continueCheckout: "Continue checkout",
  continueCheckoutOf: ({ course }: { course: string }) => `Continue checkout: ${course}`,
  follow: "Follow",
  followOf: ({ course }: { course: string }) => `Follow: ${course}`,

  unfinished: "Unfinished purchases",
  wayOn: {
    open: {
      sentence: "You have not paid yet. Your place in checkout is kept for a while.",
      action: "Continue checkout",
    },
    processing: {
      sentence: "Your bank is still working on the payment.",
      action: "Follow your payment",
    },
    paid: {
      sentence: "Your payment has arrived. We are finishing your enrollment.",
      action: "Follow your payment",
    },
    needs_attention: {
      sentence: "Your payment is safe, and we are looking into it.",
      action: "See what happens next",
    },
  },
};
