/** A course's own page: what it is, and what the student can do about it. */
export const course = {
  heading: "Course",
  allCourses: "All courses",
  taughtBy: ({ instructor }: { instructor: string }) => `Taught by ${instructor}`,
  objectives: "What you will learn",
  curriculum: "Curriculum",
  enrollment: "Enrollment",

  enrolledOn: ({ date }: { date: string }) => `Enrolled on ${date}.`,
  notOffered: "No longer offered",
  notOfferedNote: "Whoever is enrolled in this course keeps it.",
  enrollForFree: "Enroll for free",
  freeNote: "No card needed. You can start right away.",
  signInFirst: "You will sign in first.",
  buyFor: ({ price }: { price: string }) => `Buy for ${price}`,
  continueCheckout: "Continue checkout",
  buyNote: "Pay once; the course stays yours. Secure checkout by Stripe.",
  underWay: {
    processing: {
      title: "Payment under way",
      note: "Your bank is still working on it. There is nothing more to do.",
    },
    paid: {
      title: "Payment received",
      note: "You have paid for this course. There is nothing more to pay.",
    },
    needs_attention: {
      title: "Enrollment held up",
      note: "Your payment is safe. Please do not pay again.",
    },
  },
  followPayment: "Follow your payment",
};
