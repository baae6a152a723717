/** What a student's pages ask of the API before the payment and after it, as the client's loaders do. */
import { studentItem } from "#handlers/adapters/dynamodb/students.ts";
import type { Session } from "#test/resilience/simulation/stripe.ts";
import { student } from "#test/support/payment-events.ts";
import type { Model } from "./model/create-model.ts";
import { throughGateway } from "./model/gateway.ts";

/** Signing in, the catalogue, a course. */
const visitOf = (courseId: string) => [
  "/api/students/me",
  "/api/courses",
  "/api/enrollments",
  "/api/purchases",
  `/api/courses/${courseId}`,
  `/api/enrollments/check/${courseId}`,
  "/api/purchases",
];

/** @returns the session that the form shows. @throws Error when there is none */
export async function visitAndOpen(
  model: Model,
  userId: string,
  courseId: string,
  withVisit: boolean,
): Promise<Session> {
  const { stripe, table } = model.deployment;
  if (withVisit) await askFor(model, userId, visitOf(courseId));
  else table.put(studentItem({ ...student, userId }));
  await askFor(model, userId, [`/api/courses/${courseId}`]);
  const answer = await throughGateway(model, undefined, () =>
    model.deployment.callApi("POST", "/api/enrollments", userId, { courseId }),
  );
  const session = stripe.findSession(answer?.body?.checkoutSessionId ?? "");
  if (!session) throw new Error(`No form was opened: ${answer?.status}`);
  return session;
}

/** Once the page has said that the student is enrolled. */
export const readOn = (model: Model, userId: string, courseId: string): Promise<void> =>
  askFor(model, userId, [`/api/courses/${courseId}`, `/api/enrollments/check/${courseId}`]);

async function askFor(model: Model, userId: string, paths: string[]): Promise<void> {
  for (const path of paths) {
    const answer = await throughGateway(model, undefined, () =>
      model.deployment.callApi("GET", path, userId),
    );
    if (answer?.status !== 200) throw new Error(`${path}: ${answer?.status}`);
  }
}
