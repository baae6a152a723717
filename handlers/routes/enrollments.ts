/** A student's enrollments, and enrolling. */
import { Router } from "express";
import {
  type EnrollAnswer,
  type EnrollmentCheckAnswer,
  type EnrollmentsAnswer,
  enrollRequestSchema,
} from "#workflow/contract.ts";
import { type EnrollResult, enroll } from "#workflow/enroll/enroll.ts";
import { takeFromLimit } from "#workflow/limits.ts";
import { listOwnCourses } from "#workflow/own-courses.ts";
import { followClaims } from "#workflow/students/follow-claims.ts";
import type { ApiPorts } from "../api-composition.ts";
import { describeError } from "../error-facts.ts";
import { countMetric, createLogger, reportUnreadable } from "../telemetry.ts";
import { existingCourse } from "./courses.ts";
import { HttpError } from "./errors.ts";
import { onLimitsAway } from "./limits.ts";
import { createRecentCourses } from "./recent-courses.ts";
import { onCustomerBehind, signedInStudent } from "./signed-in-student.ts";

type Refusal = NonNullable<Extract<EnrollResult, { outcome: "not-for-sale" }>["refusal"]>;

const logger = createLogger("api");

export function enrollmentRoutes(ports: ApiPorts): Router {
  const router = Router();
  const listPorts = { ...ports, courses: createRecentCourses(ports.courses, ports.now) };

  router.get("/", async (request, response) => {
    const { userId } = signedInStudent(request, ports.now());
    const answer: EnrollmentsAnswer = {
      enrollments: await listOwnCourses(userId, listPorts, reportUnreadable),
    };
    response.json(answer);
  });

  router.get("/check/:courseId", async (request, response) => {
    const { userId } = signedInStudent(request, ports.now());
    const { courseId, accessUrl } = await existingCourse(ports.courses, request.params.courseId);
    const enrollment = await ports.enrollments.findEnrollment(userId, courseId);
    const answer: EnrollmentCheckAnswer = {
      enrolled: Boolean(enrollment),
      ...(enrollment && { enrollment, ...(accessUrl && { accessUrl }) }),
    };
    response.json(answer);
  });

  router.post("/", async (request, response) => {
    const claimed = signedInStudent(request, ports.now());
    const wanted = enrollRequestSchema.safeParse(request.body);
    if (!wanted.success) {
      throw new HttpError(
        400,
        "invalid_request",
        'Send { "courseId": "..." }, with your "locale" if you like, and nothing else.',
      );
    }
    const { courseId, locale } = wanted.data;
    const course = await existingCourse(ports.courses, courseId);
    const student = await followClaims(claimed, { ...ports, onCustomerBehind });
    await takeFromLimit(student.userId, "checkouts", { ...ports, onLimitsAway });
    const result = await enroll({ ...student, locale }, course, { ...ports, onOtherLeftOpen });
    if (result.outcome === "not-for-sale" && result.refusal) reportRefusal(course.courseId, result.refusal);
    const { statusCode, answer } = toAnswer(result);
    response.status(statusCode).json(answer);
  });

  return router;
}

const onOtherLeftOpen = (error: unknown) =>
  logger.warn("another open checkout may be left", describeError(error));

/** Before any money moves, somebody who sells must hear of it: no student can buy this course. */
function reportRefusal(courseId: string, { code, param, providerRequestId }: Refusal) {
  logger.error("checkout refused", {
    courseId,
    code,
    param,
    ...(providerRequestId && { stripeRequestId: providerRequestId }),
  });
  countMetric("CheckoutRefused");
}

function toAnswer(result: EnrollResult): { statusCode: number; answer: EnrollAnswer } {
  switch (result.outcome) {
    case "enrolled":
      return { statusCode: 201, answer: { status: "active", enrollment: result.enrollment } };
    case "already-enrolled":
      return { statusCode: 200, answer: { status: "active", enrollment: result.enrollment } };
    case "payment-needed": {
      const { clientSecret, checkoutSessionId } = result;
      return { statusCode: 201, answer: { status: "pending", clientSecret, checkoutSessionId } };
    }
    case "not-for-sale":
      throw new HttpError(
        409,
        "course_not_for_sale",
        "This course is not on offer at the moment. Choose another one from the catalogue.",
      );
    case "payment-in-progress":
      throw new HttpError(
        409,
        "payment_in_progress",
        "A payment for this course is already on its way. There is no need to pay again.",
        { checkoutSessionId: result.checkoutSessionId },
      );
  }
}
