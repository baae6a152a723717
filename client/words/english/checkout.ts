/** Paying: the order, the form's place, and what stands there instead of the form. */
export const checkout = {
  heading: "Checkout",
  title: ({ course }: { course: string }) => `Checkout: ${course}`,
  order: "Your order",
  total: "Total",
  onePayment: "One payment, no subscription.",
  payment: "Payment",

  testMode: "Test mode",
  noMoneyMoves: "No money moves. Pay with any future date, any CVC and this card:",
  otherOutcomes: "Other outcomes",
  declined: "Declined",
  asksForAuthentication: "Asks for 3-D Secure",
  debitPaidLater: "SEPA debit, paid later",
  debitFailsLater: "SEPA debit, fails later",

  notCharged: "You have not been charged.",
  formNotShown: "The payment form could not be shown.",
  tooSoon: "One moment, please",
  goOnWithinAMinute:
    "This checkout was asked for very often. You have not been charged, and can go on within a minute.",
  goOnInAFewMinutes:
    "This checkout was asked for very often. You have not been charged, and can go on in a few minutes.",
  goOn: "Go on",
  pleaseSignIn: "Please sign in",
  alreadyYours: "You already have this course",
  nothingToPay: "There is nothing to pay.",
  notForSale: "This course is not on offer at the moment",
  notForSaleNote: "You have not been charged. Choose another course, or look again later.",
};
