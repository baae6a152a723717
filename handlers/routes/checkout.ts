/** How far a purchase has come, for the student whose purchase it is. */
import { Router } from "express";
import { checkoutStage } from "#workflow/checkout-stage.ts";
import type { CheckoutStatusAnswer } from "#workflow/contract.ts";
import type { CheckoutSession, EnrollmentStore, PaymentProvider } from "#workflow/ports.ts";
import { HttpError } from "./errors.ts";
import { signedInStudent } from "./signed-in-student.ts";

interface CheckoutPorts {
  payments: PaymentProvider;
  enrollments: EnrollmentStore;
  now: () => Date;
}

const SESSION_ID = /^cs_[A-Za-z0-9_]{1,128}$/;

export function checkoutRoutes({ payments, enrollments, now }: CheckoutPorts): Router {
  const router = Router();

  router.get("/session/:sessionId", async (request, response) => {
    const { userId } = signedInStudent(request, now());
    const session = await ownSession(payments, request.params.sessionId, userId);
    const enrollment = await enrollments.findEnrollment(userId, session.courseId);
    const answer: CheckoutStatusAnswer = {
      status: session.status,
      paymentStatus: session.paymentStatus,
      courseId: session.courseId,
      enrolled: Boolean(enrollment),
      stage: checkoutStage(session, enrollment),
    };
    response.json(answer);
  });

  return router;
}

/** Another student's session is as unknown as one that does not exist: 403 would tell that it does. */
async function ownSession(
  payments: PaymentProvider,
  sessionId: string,
  userId: string,
): Promise<CheckoutSession & { courseId: string }> {
  const session = SESSION_ID.test(sessionId) ? await payments.findCheckout(sessionId) : undefined;
  if (session?.userId !== userId || !session.courseId) {
    throw new HttpError(404, "session_not_found", "There is no such checkout session among yours.");
  }
  return { ...session, courseId: session.courseId };
}
