/** The nouns of the business and the shape in which they are stored. Money is integer minor units with a currency. */
import * as z from "zod/mini";
import en from "zod/v4/locales/en.js";

// Courses come from files that people write, and zod/mini on its own has no words for what is wrong with one.
z.config(en());

export const courseIdSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "a course id is 1-64 letters, digits, - or _"));

/** Whatever else a checkout session's metadata may say has no course, and may be no key in a table either. */
export const isCourseId = (text: unknown): text is string => courseIdSchema.safeParse(text).success;

const instant = z.iso.datetime();
const nonEmpty = z.string().check(z.minLength(1));

/** Where a course is taken. */
export const accessUrlSchema = z
  .url({ protocol: /^https$/, error: "must be an https address" })
  .check(z.maxLength(2048));

const courseFields = {
  courseId: courseIdSchema,
  /** A retired course is not in the catalogue and not for sale, and still its students' own. */
  status: z._default(z.enum(["published", "retired"]), "published"),
  name: nonEmpty,
  description: z.string(),
  instructor: z.string(),
  /** A file of this site, e.g. `/covers/payments.webp`, twice as wide as high. Another site's is passed over. */
  imageUrl: z.optional(z.string()),
  learningObjectives: z._default(z.array(z.string()), []),
  curriculum: z._default(z.array(z.object({ title: z.string(), lessons: z.array(z.string()) })), []),
  /** Shown to who is enrolled. One that is no https address is passed over: a paid place does not depend on it. */
  accessUrl: z.catch(z.optional(accessUrlSchema), undefined),
};

export const freeCourseSchema = z.object({ ...courseFields, pricingModel: z.literal("free") });

export const paidCourseSchema = z.object({
  ...courseFields,
  pricingModel: z.literal("paid"),
  /** Minor units: 4900 with "usd" is $49.00. */
  unitAmount: z.int().check(z.positive()),
  /** ISO 4217, lower case as Stripe writes it. */
  currency: z.string().check(z.regex(/^[a-z]{3}$/, "must be three lower-case letters, as in usd")),
  stripeProductId: z.optional(z.string()),
  /** When set, checkout charges this Stripe price; otherwise it charges unitAmount directly. */
  stripePriceId: z.optional(z.string()),
});

export const courseSchema = z.discriminatedUnion("pricingModel", [freeCourseSchema, paidCourseSchema]);
export type FreeCourse = z.infer<typeof freeCourseSchema>;
export type PaidCourse = z.infer<typeof paidCourseSchema>;
export type Course = z.infer<typeof courseSchema>;

/** As much of a course as the list of its students shows. */
export const ownCourseSchema = z.pick(freeCourseSchema, {
  courseId: true,
  name: true,
  instructor: true,
  accessUrl: true,
});
export type OwnCourse = z.infer<typeof ownCourseSchema>;

export const studentSchema = z.object({
  userId: nonEmpty,
  email: z.string(),
  name: z.string(),
  emailVerified: z.boolean(),
  signUpMethod: z.string(),
  stripeCustomerId: z.optional(z.string()),
  createdAt: instant,
  updatedAt: instant,
});
export type Student = z.infer<typeof studentSchema>;

export const enrollmentSchema = z.object({
  userId: nonEmpty,
  courseId: courseIdSchema,
  enrollmentType: z.enum(["free", "paid", "bundle"]),
  enrolledAt: instant,
  paymentStatus: z.enum(["free", "pending", "completed"]),
  stripeSessionId: z.optional(z.string()),
  stripePaymentIntentId: z.optional(z.string()),
  /** Percent of the course that the student has finished, 0 to 100. */
  progress: z.number().check(z.minimum(0), z.maximum(100)),
  completed: z.boolean(),
  completedAt: z.optional(instant),
});
export type Enrollment = z.infer<typeof enrollmentSchema>;

/** The one checkout session that a student may currently pay for a course: a pointer to its purchase. */
export const openCheckoutSchema = z.object({
  userId: nonEmpty,
  courseId: courseIdSchema,
  /** Absent when no attempt has brought one yet. */
  checkoutSessionId: z.optional(nonEmpty),
  expiresAt: z.optional(instant),
  /** Set when nothing can be paid with it any more. It stays, since it counts the attempts. */
  closedAt: z.optional(instant),
  /** How many sessions were asked for; the next one's idempotency key counts on from here. */
  attempt: z._default(z.int(), 0),
});
export type OpenCheckout = z.infer<typeof openCheckoutSchema>;
