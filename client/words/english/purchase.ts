/** A purchase's own page: how far it has come, and what can be done. */

/** Undefined where the course's name is not known. */
type Named = {
  course: string | undefined;
  /** Somebody hears of it without the student's saying so. */
  isTold: boolean;
};

export const purchase = {
  checking: "Checking your purchase",
  checkingNote: "We are asking how far it has come.",
  keepsTrying: "Your purchase is not affected. This page keeps trying by itself.",

  open: {
    heading: "Your payment is not finished",
    explanation: ({ course = "your course" }: Named) => `You have not been charged for ${course}.`,
  },
  processing: {
    heading: "Your bank is working on it",
    explanation: ({ course = "your course" }: Named) =>
      `Your order of ${course} is in, and your bank is still processing the payment. This can take a few business days. There is nothing more to do; you can close this page.`,
  },
  paid: {
    heading: "Payment received",
    explanation: ({ course = "your course" }: Named) =>
      `We are verifying your payment and writing your enrollment in ${course}. This usually takes a few seconds.`,
  },
  slow: {
    heading: "Payment received",
    explanation: ({ course = "your course" }: Named) =>
      `Your payment is safe, but writing your enrollment in ${course} takes longer than usual. We keep at it. You can close this page; the catalogue will lead you back here.`,
  },
  enrolled: {
    heading: "You are enrolled",
    explanation: ({ course = "The course" }: Named) => `${course} is yours. Enjoy the course.`,
  },
  needs_attention: {
    heading: "Your enrollment is held up",
    explanation: ({ isTold }: Named) =>
      `Your payment is safe. Something keeps your enrollment from being finished${isTold ? ", and those who can mend it have been told" : ""}. Please do not pay again.`,
  },
  /** The course is theirs by another purchase. */
  paidTwice: {
    heading: "You have paid for this course twice",
    explanation: ({ course = "Your course", isTold }: Named) =>
      `${course} is yours by another purchase, so this payment was one too many. It is safe${isTold ? ", and those who can send it back have been told" : ""}.`,
  },
  withdrawnOwned: {
    heading: "This purchase was withdrawn",
    explanation: ({ course = "The course" }: Named) =>
      `${course} is yours all the same, by another purchase.`,
  },
  refundedOwned: {
    heading: "Your payment was refunded",
    explanation: ({ course = "The course" }: Named) =>
      `The money of this payment was sent back. ${course} is yours all the same, by another purchase.`,
  },
  expiredOwned: {
    heading: "This checkout is over",
    explanation: ({ course = "the course" }: Named) =>
      `You have not been charged for it, and ${course} is yours by another purchase.`,
  },
  withdrawn: {
    heading: "This purchase was withdrawn",
    explanation: ({ course = "the course" }: Named) => `It gives you no place in ${course}.`,
  },
  refunded: {
    heading: "Your payment was refunded",
    explanation: ({ course = "the course" }: Named) =>
      `The money was sent back, and you are not enrolled in ${course}. Until your bank shows it, some days may pass.`,
  },
  refused: {
    heading: "Your bank refused the payment",
    explanation: ({ course = "the course" }: Named) =>
      `You have not been charged, and you are not enrolled in ${course}.`,
  },
  expired: {
    heading: "This checkout has expired",
    explanation: () => "You have not been charged.",
  },
  /** What can be done then, as long as the course is offered. */
  again: {
    open: "You can go back to checkout and pay.",
    withdrawn: "If you still want the course, you can buy it again.",
    refunded: "If you want the course after all, you can buy it again.",
    refused: "You can start again with another way to pay.",
    expired: "You can start again whenever you like.",
  },
  notOffered: "The course is no longer offered.",

  backToCheckout: "Back to checkout",
  startAgain: "Start again",
  buyAgain: "Buy again",
  seeCourse: "See the course",
  support: "If you write about this purchase, give its order number:",

  timeline: {
    progress: "Progress of your purchase",
    outcome: "What became of your purchase",
    paid: {
      name: "Paid",
      done: "We have received your payment",
      current: "Your bank is working on the payment",
      stuck: "Something is in the way",
      ahead: "Your payment reaches us",
    },
    verified: {
      name: "Verified",
      done: "It matches your order",
      current: "We are checking it against your order",
      stuck: "Something is in the way",
      ahead: "We check it against your order",
    },
    enrolled: {
      name: "Enrolled",
      done: "The course is yours",
      current: "The course becomes yours",
      stuck: "The course becomes yours",
      ahead: "The course becomes yours",
    },
    withdrawn: { name: "Withdrawn", note: "This purchase gives you no place in the course" },
    refunded: { name: "Refunded", note: "All of your money was sent back" },
    paidTwice: { name: "Paid twice", note: "The course is yours by another purchase" },
    /** How far a step has come, for whoever does not see its mark. */
    spoken: {
      done: "done",
      current: "in progress",
      stuck: "needs attention",
      ahead: "not yet",
      undone: "done",
    },
  },
};
