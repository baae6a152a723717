/** The document with what there is at the judged stack, so that requests find something. */
import type { describeApi } from "#handlers/openapi/document.ts";

type Document = ReturnType<typeof describeApi>;

export function withExamples(document: Document, checkoutSessionId: string): Document {
  const examples: Record<string, string> = {
    courseId: "TEST-COURSE-003",
    after: "TEST-COURSE-001",
    sessionId: checkoutSessionId,
    checkoutSessionId,
  };
  const paths = structuredClone(document.paths);
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    for (const parameter of operation.parameters) {
      const example = examples[parameter.name];
      if (example) Object.assign(parameter, { example });
    }
  }
  const enroll = paths["/api/enrollments"]?.["post"]?.requestBody?.content["application/json"];
  Object.assign(enroll ?? {}, {
    examples: {
      free: { value: { courseId: "TEST-COURSE-001" } },
      paid: { value: { courseId: "TEST-COURSE-005" } },
      none: { value: { courseId: "no-such-course" } },
    },
  });
  return { ...document, paths };
}
