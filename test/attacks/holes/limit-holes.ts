/** Holes in how often one student may ask. */
import type { Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/handlers/routes/limits.test.ts", title });

export const LIMIT_HOLES: Hole[] = [
  {
    attack: "API: checkouts in a loop",
    hole: "places are asked for as often as one likes",
    file: "handlers/routes/enrollments.ts",
    replace: 'await takeFromLimit(student.userId, "checkouts", { ...ports, onLimitsAway });',
    by: "",
    test: test("a student who opens checkouts in a loop is told to wait"),
  },
  {
    attack: "API: checkouts in a loop",
    hole: "one student's loop stops all",
    file: "workflow/limits.ts",
    replace: "countRequest({ userId, limit, since, until }, most)",
    by: 'countRequest({ userId: userId && "all", limit, since, until }, most)',
    test: test("another student is served beside one who loops"),
  },
  {
    attack: "API: checkouts in a loop",
    hole: "of many requests at once each sees that there is room",
    file: "handlers/adapters/dynamodb/limits.ts",
    replace: 'ConditionExpression: "attribute_not_exists(#count) OR #count < :most"',
    by: 'ConditionExpression: "attribute_not_exists(#count) OR #count > :one OR #count < :most"',
    test: {
      file: "test/handlers/adapters/dynamodb/limits.test.ts",
      title: "of many requests at once exactly as many are counted",
    },
  },
  {
    attack: "API: made-up checkout sessions",
    hole: "whatever is made up is asked of Stripe",
    file: "workflow/checkout/follow.ts",
    replace: 'if (!purchase) await takeFromLimit(userId, "lookUps", ports);',
    by: "",
    test: test("made-up checkout sessions are asked of Stripe as often as may be"),
  },
];
