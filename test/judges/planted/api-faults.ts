/** Faults of the API. */
import type { PlantedFault } from "./planted-fault.ts";

const judge = "API";

export const API_FAULTS: PlantedFault[] = [
  {
    fault: "an answer that is not of its schema",
    judge,
    file: "handlers/routes/students.ts",
    replace: "const answer: StudentAnswer = { student };",
    by: "const answer = { student: { ...student, emailVerified: String(student.emailVerified) } };",
  },
  {
    fault: "what is asked wrongly ends in a 500",
    judge,
    file: "handlers/routes/courses.ts",
    replace: "  throw new HttpError(\n    400,",
    by: "  if (!result.success) throw result.error;\n  throw new HttpError(\n    400,",
  },
  {
    fault: "a status that the document has not",
    judge,
    file: "handlers/routes/purchases.ts",
    replace: `throw new HttpError(404, "receipt_not_found",`,
    by: `throw new HttpError(422, "receipt_not_found",`,
  },
  {
    fault: "an error's code that is not the route's",
    judge,
    file: "handlers/routes/checkout.ts",
    replace: `throw new HttpError(404, "session_not_found",`,
    by: `throw new HttpError(404, "checkout_not_found",`,
  },
  {
    fault: "what is no report is taken for one",
    judge,
    file: "handlers/routes/csp-reports.ts",
    replace: "readViolations(request.body) : undefined;",
    by: "(readViolations(request.body) ?? []) : [];",
  },
  {
    fault: "text instead of JSON",
    judge,
    file: "handlers/api.ts",
    replace: `response.json({ status: "ok" });`,
    by: `response.type("text").send('{"status":"ok"}');`,
  },
];
