/** The students' HTTP API: what each request takes and answers. Shared by `handlers/routes` and the client. */
import * as z from "zod/mini";
import {
  courseIdSchema,
  enrollmentSchema,
  freeCourseSchema,
  paidCourseSchema,
  studentSchema,
} from "./model.ts";
import { paymentStatusSchema } from "./payment-event.ts";

/** Every answer that is not 2xx. `message` is for people; `code` is for programs. */
export const errorAnswerSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    requestId: z.string(),
    /** With `payment_in_progress`: the checkout session whose progress the student can follow. */
    checkoutSessionId: z.optional(z.string()),
  }),
});
export type ErrorAnswer = z.infer<typeof errorAnswerSchema>;

/** What a student's request is refused for. The client has words of its own for each. */
export type RefusalCode =
  | "invalid_request"
  | "body_too_large"
  | "unauthorized"
  | "student_erased"
  | "not_found"
  | "course_not_found"
  | "session_not_found"
  | "receipt_not_found"
  | "course_not_for_sale"
  | "payment_in_progress"
  | "too_many_requests"
  | "internal_error";

const enrolledOnly = { accessUrl: true } as const;
const inFullOnly = { ...enrolledOnly, learningObjectives: true, curriculum: true } as const;

/** A course as anyone may see it: where it is taken is for those who are enrolled. */
export const publicCourseSchema = z.discriminatedUnion("pricingModel", [
  z.omit(freeCourseSchema, enrolledOnly),
  z.omit(paidCourseSchema, enrolledOnly),
]);
export type PublicCourse = z.infer<typeof publicCourseSchema>;

/** As much of a course as a list shows. */
export const courseSummarySchema = z.discriminatedUnion("pricingModel", [
  z.omit(freeCourseSchema, inFullOnly),
  z.omit(paidCourseSchema, inFullOnly),
]);
export type CourseSummary = z.infer<typeof courseSummarySchema>;

/**
 * `GET /api/courses?after={courseId}` (or `before`), in the order of ids; without retired courses, and with the beginning of a
 * long description. With `q` or `price` it is a search, whose best matches come first.
 */
export const coursesAnswerSchema = z.object({
  courses: z.array(courseSummarySchema),
  /** There are more courses: ask for those `after` this one. */
  next: z.optional(courseIdSchema),
  /** There are others in front: ask for those `before` this one. */
  previous: z.optional(courseIdSchema),
  /** How many a search has found, over all pages. */
  total: z.optional(z.int()),
});
export type CoursesAnswer = z.infer<typeof coursesAnswerSchema>;

/** `GET /api/courses/:courseId` */
export const courseAnswerSchema = z.object({ course: publicCourseSchema });
export type CourseAnswer = z.infer<typeof courseAnswerSchema>;

/** `GET /api/students/me` */
export const studentAnswerSchema = z.object({ student: studentSchema });
export type StudentAnswer = z.infer<typeof studentAnswerSchema>;

/** An enrollment with what its student needs of the course; absent when the course is no longer there. */
const ownEnrollmentSchema = z.extend(enrollmentSchema, {
  courseName: z.optional(z.string()),
  instructor: z.optional(z.string()),
  accessUrl: z.optional(z.string()),
});
export type OwnEnrollment = z.infer<typeof ownEnrollmentSchema>;

/** `GET /api/enrollments` */
export const enrollmentsAnswerSchema = z.object({ enrollments: z.array(ownEnrollmentSchema) });
export type EnrollmentsAnswer = z.infer<typeof enrollmentsAnswerSchema>;

/** `GET /api/enrollments/check/:courseId` */
export const enrollmentCheckAnswerSchema = z.object({
  enrolled: z.boolean(),
  enrollment: z.optional(enrollmentSchema),
  /** Where the course is taken, once enrolled. */
  accessUrl: z.optional(z.string()),
});
export type EnrollmentCheckAnswer = z.infer<typeof enrollmentCheckAnswerSchema>;

/** `POST /api/enrollments` */
export const enrollRequestSchema = z.strictObject({
  courseId: courseIdSchema,
  /** The student's language as a tag, e.g. `de-AT`: the payment provider's form speaks it, or the browser's when it cannot. */
  locale: z.optional(z.string().check(z.maxLength(64))),
});
export type EnrollRequest = z.infer<typeof enrollRequestSchema>;

export const enrollAnswerSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("active"), enrollment: enrollmentSchema }),
  z.object({ status: z.literal("pending"), clientSecret: z.string(), checkoutSessionId: z.string() }),
]);
export type EnrollAnswer = z.infer<typeof enrollAnswerSchema>;

/**
 * How far a purchase has come, as the student may see it.
 * - `open`: the form is waiting for the student
 * - `processing`: the bank of a delayed payment method is still working
 * - `paid`: the money is settled and the enrollment is being written
 * - `enrolled`: the course is the student's
 * - `needs_attention`: the payment is safe, but a person must look at it; with `enrolled`: the course was paid for twice
 * - `withdrawn`: those who sell the course have decided that this purchase gives no place (any more)
 * - `refunded`: all of the money went back, and the course is not the student's
 * - `expired`: nothing was paid and nothing can be paid any more; start again
 */
const stageSchema = z.enum([
  "open",
  "processing",
  "paid",
  "enrolled",
  "needs_attention",
  "withdrawn",
  "refunded",
  "expired",
]);
export type Stage = z.infer<typeof stageSchema>;

/** What was charged, in minor units of the purchase's currency, and when that was learned; once it is settled. */
const chargeFields = {
  /** After discount and with tax. 0: a code took all of it off. */
  amountTotal: z.optional(z.int()),
  /** What a code took off the price that was agreed; absent when nothing did. */
  amountDiscount: z.optional(z.int()),
  /** Of the tax; absent when there was none. */
  amountTax: z.optional(z.int()),
  /** With `amountTax`: whether the price has it in it already, or it came on top. */
  isTaxIncluded: z.optional(z.boolean()),
  settledAt: z.optional(z.string()),
  amountRefunded: z.optional(z.int()),
  /** The student has asked the bank for the money, which has not decided yet, gives it or does not. */
  dispute: z.optional(z.enum(["open", "granted", "refused"])),
  /** What `/api/purchases/:checkoutSessionId/receipt` leads to; absent when there is neither, as when nothing was charged. */
  document: z.optional(z.enum(["receipt", "invoice"])),
};

/** `GET /api/checkout/session/:sessionId` */
export const checkoutStatusAnswerSchema = z.object({
  status: z.enum(["open", "complete", "expired"]),
  paymentStatus: paymentStatusSchema,
  courseId: courseIdSchema,
  /**
   * The course is the student's, by this purchase or by another. While it is open nobody looks: asking for the place again tells.
   */
  enrolled: z.boolean(),
  stage: stageSchema,
  /** What the student writes to the seller about it with. */
  orderNumber: z.string(),
  ...chargeFields,
  currency: z.optional(z.string()),
});
export type CheckoutStatusAnswer = z.infer<typeof checkoutStatusAnswerSchema>;

/** One purchase of `GET /api/purchases`. Amounts are minor units of `currency`. */
const purchaseSummarySchema = z.object({
  checkoutSessionId: z.string(),
  courseId: z.string(),
  courseName: z.string(),
  /** What was agreed; null of a session that was opened elsewhere and is not paid. */
  unitAmount: z.nullable(z.int()),
  currency: z.nullable(z.string()),
  orderNumber: z.string(),
  ...chargeFields,
  openedAt: z.nullable(z.string()),
  stage: stageSchema,
  /** The course is the student's, by this purchase or by another; and where it is taken. */
  enrolled: z.boolean(),
  accessUrl: z.optional(z.string()),
  /** With `open`: whether asking for a place leads on, to a form or to the course; not when the course is no longer offered. */
  canContinue: z.optional(z.boolean()),
});
export type PurchaseSummary = z.infer<typeof purchaseSummarySchema>;

/** `GET /api/purchases?after={checkoutSessionId}`: the student's own, newest first. */
export const purchasesAnswerSchema = z.object({
  purchases: z.array(purchaseSummarySchema),
  /** There are older ones: ask for those `after` this one. */
  next: z.optional(z.string()),
});
export type PurchasesAnswer = z.infer<typeof purchasesAnswerSchema>;

/** `GET /api/purchases/:checkoutSessionId/receipt`: where the payment provider shows the receipt or invoice. */
export const receiptAnswerSchema = z.object({ url: z.url() });
export type ReceiptAnswer = z.infer<typeof receiptAnswerSchema>;

/** `POST /api/webhooks/stripe`, for what is stored or is none of ours. */
export const webhookAnswerSchema = z.object({
  received: z.literal(true),
  started: z.optional(z.literal(true)),
  redriven: z.optional(z.literal(true)),
  duplicate: z.optional(z.literal(true)),
  queued: z.optional(z.literal(true)),
  ignored: z.optional(z.literal(true)),
  eventId: z.optional(z.string()),
});
export type WebhookAnswer = z.infer<typeof webhookAnswerSchema>;

/** `GET /api/health` */
export const healthAnswerSchema = z.object({ status: z.literal("ok") });

/**
 * Every request that the gateway lets through, with who may make it. Both gateways, AWS's and the local one, are built
 * from this table; `{name}` is a path parameter. A `student` presents a JWT access token.
 */
export const ROUTES = [
  { method: "GET", path: "/api/courses", access: "anyone" },
  { method: "GET", path: "/api/courses/{courseId}", access: "anyone" },
  { method: "GET", path: "/api/students/me", access: "student" },
  { method: "GET", path: "/api/enrollments", access: "student" },
  { method: "GET", path: "/api/enrollments/check/{courseId}", access: "student" },
  { method: "POST", path: "/api/enrollments", access: "student" },
  { method: "GET", path: "/api/checkout/session/{sessionId}", access: "student" },
  { method: "GET", path: "/api/purchases", access: "student" },
  { method: "GET", path: "/api/purchases/{checkoutSessionId}/receipt", access: "student" },
  { method: "POST", path: "/api/webhooks/stripe", access: "stripe" },
  { method: "POST", path: "/api/csp-reports", access: "anyone" },
  { method: "GET", path: "/api/health", access: "anyone" },
  { method: "GET", path: "/api/openapi.json", access: "anyone" },
] as const satisfies readonly {
  method: "GET" | "POST";
  path: string;
  access: "anyone" | "student" | "stripe";
}[];

type KeyOf<Route> = Route extends { method: infer Method extends string; path: infer Path extends string }
  ? `${Method} ${Path}`
  : never;

/** As API Gateway writes a route: `GET /api/courses/{courseId}`. */
export type RouteKey = KeyOf<(typeof ROUTES)[number]>;
