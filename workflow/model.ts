/** The nouns of the business and the shape in which they are stored. Money is integer minor units with a currency. */
import * as z from "zod";
import { paymentEventSchema } from "./payment-event.ts";

export const courseIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "a course id is 1-64 letters, digits, - or _");

const instant = z.iso.datetime();

const courseFields = {
  courseId: courseIdSchema,
  name: z.string().min(1),
  description: z.string(),
  instructor: z.string(),
  imageUrl: z.string().optional(),
  learningObjectives: z.array(z.string()).default([]),
  curriculum: z.array(z.object({ title: z.string(), lessons: z.array(z.string()) })).default([]),
};

const freeCourseSchema = z.object({ ...courseFields, pricingModel: z.literal("free") });

const paidCourseSchema = z.object({
  ...courseFields,
  pricingModel: z.literal("paid"),
  /** Minor units: 4900 with "usd" is $49.00. */
  unitAmount: z.int().positive(),
  /** ISO 4217, lower case as Stripe writes it. */
  currency: z.string().regex(/^[a-z]{3}$/),
  stripeProductId: z.string().optional(),
  /** When set, checkout charges this Stripe price; otherwise it charges unitAmount directly. */
  stripePriceId: z.string().optional(),
});

export const courseSchema = z.discriminatedUnion("pricingModel", [freeCourseSchema, paidCourseSchema]);
export type FreeCourse = z.infer<typeof freeCourseSchema>;
export type PaidCourse = z.infer<typeof paidCourseSchema>;
export type Course = z.infer<typeof courseSchema>;

export const studentSchema = z.object({
  userId: z.string().min(1),
  email: z.string(),
  name: z.string(),
  emailVerified: z.boolean(),
  signUpMethod: z.string(),
  stripeCustomerId: z.string().optional(),
  createdAt: instant,
  updatedAt: instant,
});
export type Student = z.infer<typeof studentSchema>;

export const enrollmentSchema = z.object({
  userId: z.string().min(1),
  courseId: courseIdSchema,
  enrollmentType: z.enum(["free", "paid", "bundle"]),
  enrolledAt: instant,
  paymentStatus: z.enum(["free", "pending", "completed"]),
  stripeSessionId: z.string().optional(),
  stripePaymentIntentId: z.string().optional(),
  /** Percent of the course that the student has finished, 0 to 100. */
  progress: z.number().min(0).max(100),
  completed: z.boolean(),
  completedAt: instant.optional(),
});
export type Enrollment = z.infer<typeof enrollmentSchema>;

/** The one checkout session that a student may currently pay for a course. */
export const openCheckoutSchema = z.object({
  userId: z.string().min(1),
  courseId: courseIdSchema,
  checkoutSessionId: z.string().min(1),
  expiresAt: instant,
  /** Set when nothing can be paid with it any more. It stays, since the next session is asked for in its name. */
  closedAt: instant.optional(),
});
export type OpenCheckout = z.infer<typeof openCheckoutSchema>;

/** A settled checkout session, remembered when its student first asked, so that the payment provider is asked no more. */
export const settledCheckoutSchema = z.object({
  userId: z.string().min(1),
  courseId: z.string().min(1),
  checkoutSessionId: z.string().min(1),
  settlement: paymentEventSchema,
  settledSeenAt: instant,
  /** When the student's asking last made sure of an execution. */
  followedUpAt: instant.optional(),
  /** That execution has failed. */
  needsAttention: z.boolean().optional(),
});
export type SettledCheckout = z.infer<typeof settledCheckoutSchema>;
