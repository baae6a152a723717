/** Holes in what the API answers to whatever it is asked. */
import type { Hole } from "./hole.ts";

const FUZZ = {
  file: "test/attacks/odd-requests.test.ts",
  title: "of 2,000 requests made after the contract",
};
const inApi = { file: "handlers/api.ts" };
const inErrors = { file: "handlers/routes/errors.ts" };

export const ANSWER_HOLES: Hole[] = [
  {
    attack: "API: made-up requests, 5xx",
    hole: "what cannot be read is our fault",
    ...inErrors,
    replace: 'typeof status !== "number" || status < 400',
    by: "status !== 413",
    test: FUZZ,
  },
  {
    attack: "API: made-up requests, shape",
    hole: "an error is a text",
    ...inErrors,
    replace: ".json(body)",
    by: ".send(body.error.message)",
    test: FUZZ,
  },
  {
    attack: "API: made-up requests, shape",
    hole: "an error shows where in the code it was",
    ...inErrors,
    replace: "...error.details",
    by: "...error.details, ...({ stack: error.stack } as object)",
    test: FUZZ,
  },
  {
    attack: "API: made-up requests, shape",
    hole: "what is not found is Express's own page",
    ...inApi,
    replace: "app.use(answerNotFound);",
    by: "",
    test: FUZZ,
  },
  {
    attack: "API: made-up requests, shape",
    hole: "an answer is not the contract's",
    file: "handlers/routes/courses.ts",
    replace: "response.json(page)",
    by: "response.json(page.courses)",
    test: FUZZ,
  },
  {
    attack: "API: made-up requests, shape",
    hole: "an answer says more than the contract's",
    file: "handlers/routes/students.ts",
    replace: "response.json(answer)",
    by: "response.json({ ...answer, headers: request.headers })",
    test: FUZZ,
  },
  {
    attack: "API: one student's answer, shown to another",
    hole: "an answer may be kept by whoever likes to",
    ...inApi,
    replace: "app.use(keepNothing);",
    by: "",
    test: {
      file: "test/handlers/routes/who-may-keep.test.ts",
      title: "of GET /api/students/me is said: private, no-store",
    },
  },
  {
    attack: "API: one student's answer, shown to another",
    hole: "CloudFront keeps errors for ten seconds, as it does by itself",
    file: "infra/aws/stacks/site.ts",
    replace: "errorResponses: ERRORS_NOT_KEPT.map",
    by: "errorResponses: ERRORS_NOT_KEPT.slice(0, 0).map",
    test: { file: "test/infra/aws/stacks/edge-cache.test.ts", title: "no error is kept" },
  },
];
