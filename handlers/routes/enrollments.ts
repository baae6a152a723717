/** A student's enrollments, and enrolling. */
import { Router } from "express";
import {
  type EnrollAnswer,
  type EnrollmentCheckAnswer,
  type EnrollmentsAnswer,
  enrollRequestSchema,
} from "#workflow/contract.ts";
import { type EnrollPorts, type EnrollResult, enroll } from "#workflow/enroll/enroll.ts";
import { listOwnCourses } from "#workflow/own-courses.ts";
import type { CourseStore, StudentStore } from "#workflow/ports/stores.ts";
import { existingCourse } from "./courses.ts";
import { HttpError } from "./errors.ts";
import { signedInStudent } from "./signed-in-student.ts";

export function enrollmentRoutes(
  ports: EnrollPorts & { courses: CourseStore; students: StudentStore },
): Router {
  const router = Router();

  router.get("/", async (request, response) => {
    const { userId } = signedInStudent(request, ports.now());
    const answer: EnrollmentsAnswer = { enrollments: await listOwnCourses(userId, ports) };
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
      throw new HttpError(400, "invalid_request", 'Send { "courseId": "..." } and nothing else.');
    }
    const course = await existingCourse(ports.courses, wanted.data.courseId);
    const student = await ports.students.ensureStudent(claimed);
    const { statusCode, answer } = toAnswer(await enroll(student, course, ports));
    response.status(statusCode).json(answer);
  });

  return router;
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
