/** A purchase's own page: how far it has come, and what can be done. */

/** Undefined where the course's name is not known. */
type Named = { course: string | undefined };

export const purchase = {
  checking: "Checking your purchase",
  checkingNote: "We are asking how far it has come.",
  keepsTrying: "Your purchase is not affected. This page keeps trying by itself.",

  open: {
    heading: "Your payment is not finished",
    explanation: ({ course = "your course" }: Named) =>
      `You have not been charged for ${course}. You can go back to checkout and pay.`,
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
    heading: "We are looking into it",
    explanation: () =>
      "Your payment is safe. Something kept us from finishing your enrollment, and our team has been notified. They will either finish it or refund you; please do not pay again.",
  },
  withdrawn: {
    heading: "This purchase was withdrawn",
    explanation: ({ course = "the course" }: Named) =>
      `It gives you no place in ${course}. If you still want the course, you can buy it again.`,
  },
  refunded: {
    heading: "Your payment was refunded",
    explanation: ({ course = "the course" }: Named) =>
      `You got your money back, and you are not enrolled in ${course}. If you want the course after all, you can buy it again.`,
  },
  refused: {
    heading: "Your bank refused the payment",
    explanation: ({ course = "the course" }: Named) =>
      `You have not been charged, and you are not enrolled in ${course}. You can start again with another way to pay.`,
  },
  expired: {
    heading: "This checkout has expired",
    explanation: () => "You have not been charged. You can start again whenever you like.",
  },

  paidOn: ({ amount, date }: { amount: string; date: string }) => `${amount} paid on ${date}`,
  backToCheckout: "Back to checkout",
  startAgain: "Start again",
  buyAgain: "Buy again",
  support: "If you write to us, give this support code:",

  timeline: {
    progress: "Progress of your purchase",
    outcome: "What became of your purchase",
    paid: {
      name: "Paid",
      done: "We have received your payment",
      current: "Your bank is working on the payment",
      stuck: "Our team is looking into it",
      ahead: "Your payment reaches us",
    },
    verified: {
      name: "Verified",
      done: "It matches your order",
      current: "We are checking it against your order",
      stuck: "Our team is looking into it",
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
    refunded: { name: "Refunded", note: "All of your money went back" },
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
