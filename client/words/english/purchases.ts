/** The student's purchases in lists: where there is room for a few words only. */
export const purchases = {
  heading: "Purchases",
  empty: "You have not bought any course yet.",
  stages: {
    open: "Not paid yet",
    processing: "Your bank is working on it",
    paid: "Paid, enrollment under way",
    enrolled: "Enrolled",
    needs_attention: "Paid, enrollment held up",
    /** The course is theirs by another purchase. */
    paidTwice: "Paid twice",
    withdrawn: "Withdrawn",
    refunded: "Refunded",
    expired: "Not paid",
  },
  dispute: {
    open: "You have asked your bank for the money back. It has not decided yet.",
    granted: "Your bank has given you the money back.",
    refused: "You asked your bank for the money back. It left the payment as it is.",
  },
  notOffered: "The course is no longer offered",
  sums: {
    price: "Price",
    discount: "Discount",
    tax: "Tax",
    taxIncluded: "Tax, included",
    paid: "Paid",
    refunded: "Refunded",
    date: "Date",
    orderNumber: "Order number",
  },
  receipt: { name: "Receipt", of: ({ course }: { course: string }) => `Receipt: ${course}` },
  invoice: { name: "Invoice", of: ({ course }: { course: string }) => `Invoice: ${course}` },
  showMore: "Show more purchases",
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
      sentence: "Your payment is safe. Your enrollment is held up.",
      action: "See how it stands",
    },
    paidTwice: {
      sentence: "You have paid for this course twice. Your payment is safe.",
      action: "See how it stands",
    },
  },
};
