/** What each route of the API takes and answers, by the schemas that its handlers and the client go by. */
import * as z from "zod/mini";
import {
  checkoutStatusAnswerSchema,
  courseAnswerSchema,
  coursesAnswerSchema,
  enrollAnswerSchema,
  enrollmentCheckAnswerSchema,
  enrollmentsAnswerSchema,
  enrollRequestSchema,
  healthAnswerSchema,
  purchasesAnswerSchema,
  type RouteKey,
  receiptAnswerSchema,
  studentAnswerSchema,
  webhookAnswerSchema,
} from "#workflow/contract.ts";
import { coursesQuerySchema } from "#workflow/courses-query.ts";
import { courseIdSchema } from "#workflow/model.ts";
import { reportSchema, reportTypes } from "../csp-violations.ts";
import { CHECKOUT_SESSION_ID } from "../routes/checkout-session-id.ts";

export interface Operation {
  summary: string;
  parameters?: Parameter[];
  request?: { schema: z.ZodMiniType; contentTypes?: string[] };
  /** By status; null: without a body. */
  answers: Record<number, z.ZodMiniType | null>;
  /** By status, the codes of errors beside those that every route of its kind has. */
  refusals?: Record<number, string[]>;
}

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  schema: z.ZodMiniType;
  description?: string;
}

const courseId: Parameter = { name: "courseId", in: "path", schema: courseIdSchema };
const checkoutSessionId = (name: string): Parameter => ({
  name,
  in: "path",
  schema: z.string().check(z.regex(CHECKOUT_SESSION_ID)),
});

export const OPERATIONS: Record<RouteKey, Operation> = {
  "GET /api/courses": {
    summary: "The catalogue, page by page, or what a search finds in it",
    parameters: [
      { name: "after", in: "query", schema: courseIdSchema, description: "`next` of the page in front" },
      {
        name: "before",
        in: "query",
        schema: courseIdSchema,
        description: "`previous` of the page behind; not together with `after`",
      },
      {
        name: "q",
        in: "query",
        schema: coursesQuerySchema.shape.q,
        description: "Words of which each is in the name, the description or the instructor",
      },
      { name: "price", in: "query", schema: coursesQuerySchema.shape.price },
    ],
    answers: { 200: coursesAnswerSchema },
    refusals: { 400: ["invalid_request"] },
  },
  "GET /api/courses/{courseId}": {
    summary: "A course with its curriculum",
    parameters: [courseId],
    answers: { 200: courseAnswerSchema },
    refusals: { 404: ["course_not_found"] },
  },
  "GET /api/students/me": {
    summary: "The signed-in student",
    answers: { 200: studentAnswerSchema },
    refusals: { 410: ["student_erased"] },
  },
  "GET /api/enrollments": {
    summary: "The student's courses",
    answers: { 200: enrollmentsAnswerSchema },
  },
  "GET /api/enrollments/check/{courseId}": {
    summary: "Whether the student is enrolled in a course, and where it is taken",
    parameters: [courseId],
    answers: { 200: enrollmentCheckAnswerSchema },
    refusals: { 404: ["course_not_found"] },
  },
  "POST /api/enrollments": {
    summary: "Enrolls in a free course, or opens the checkout of a paid one",
    request: { schema: enrollRequestSchema },
    answers: { 200: enrollAnswerSchema, 201: enrollAnswerSchema },
    refusals: {
      404: ["course_not_found"],
      409: ["course_not_for_sale", "payment_in_progress"],
      410: ["student_erased"],
      429: ["too_many_requests"],
    },
  },
  "GET /api/checkout/session/{sessionId}": {
    summary: "How far a purchase of the student's has come",
    parameters: [checkoutSessionId("sessionId")],
    answers: { 200: checkoutStatusAnswerSchema },
    refusals: { 404: ["session_not_found"], 429: ["too_many_requests"] },
  },
  "GET /api/purchases": {
    summary: "The student's purchases, newest first, page by page",
    parameters: [
      {
        name: "after",
        in: "query",
        schema: checkoutSessionId("after").schema,
        description: "`next` of the page before",
      },
    ],
    answers: { 200: purchasesAnswerSchema },
    refusals: { 400: ["invalid_request"] },
  },
  "GET /api/purchases/{checkoutSessionId}/receipt": {
    summary: "Where Stripe shows the receipt of a purchase",
    parameters: [checkoutSessionId("checkoutSessionId")],
    answers: { 200: receiptAnswerSchema },
    refusals: { 404: ["receipt_not_found"], 429: ["too_many_requests"] },
  },
  "POST /api/webhooks/stripe": {
    summary: "Takes an event that Stripe has signed",
    parameters: [{ name: "stripe-signature", in: "header", schema: z.string() }],
    request: { schema: z.looseObject({}) },
    answers: { 200: webhookAnswerSchema },
    refusals: {
      400: ["invalid_signature", "wrong_mode", "foreign_account", "thin_event", "unreadable_event"],
      500: ["not_stored"],
    },
  },
  "POST /api/csp-reports": {
    summary: "Takes a browser's report about the Content-Security-Policy",
    request: { schema: reportSchema, contentTypes: reportTypes },
    answers: { 204: null },
  },
  "GET /api/openapi.json": {
    summary: "This document",
    answers: { 200: z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }) },
  },
  "GET /api/health": {
    summary: "Whether the API answers",
    answers: { 200: healthAnswerSchema },
  },
};
