/** Holes in how a paid session is held against the catalogue and the student. */
import type { Attack, Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/attacks/webhook-over-http.test.ts", title });
const inValidation = { file: "workflow/steps/validate-session.ts" };

const acceptsAmounts = (attack: Attack, title: string): Hole => ({
  attack,
  hole: "the amount is not compared with what was agreed",
  ...inValidation,
  replace: "event.amountSubtotal === unitAmount &&",
  by: "",
  test: test(title),
});

export const SESSION_HOLES: Hole[] = [
  {
    attack: "webhook: another student",
    hole: "reference and metadata may name two students",
    file: "workflow/checkout/named-student-and-course.ts",
    replace: "if (clientReferenceId !== userId)",
    by: "if (!clientReferenceId)",
    test: test("another student (as its reference|in its metadata) enrolls nobody"),
  },
  {
    attack: "webhook: another student",
    hole: "a student who does not exist is enrolled",
    ...inValidation,
    replace: "if (!student)",
    by: "if (!student && !userId)",
    test: test("a student who does not exist enrolls nobody"),
  },
  acceptsAmounts("webhook: another course", "a course that costs more enrolls nobody"),
  {
    attack: "webhook: another course",
    hole: "a free course needs no comparison",
    ...inValidation,
    replace:
      'if (pricingModel !== "paid") throw new InvalidSession(`course ${courseId} is ${pricingModel}, not paid`);',
    by: 'if (pricingModel !== "paid") return { unitAmount: 4900, currency: "usd", source: courseId };',
    test: test("a course that is free enrolls nobody"),
  },
  acceptsAmounts("webhook: another amount", "(a smaller amount|no amount) enrolls nobody"),
  {
    attack: "webhook: another amount",
    hole: "less may be charged than what was taken off explains",
    ...inValidation,
    replace: " && !isUnderpaid(event)",
    by: "",
    test: {
      file: "test/workflow/steps/quote.test.ts",
      title: "that charged less than its discount explains is held against the quote",
    },
  },
  {
    attack: "webhook: another currency",
    hole: "the currency is not compared with what was agreed",
    ...inValidation,
    replace: "&& event.currency === currency",
    by: "",
    test: test("(another currency|the currency in capitals) enrolls nobody"),
  },
];
