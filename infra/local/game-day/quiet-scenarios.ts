/** What people and Stripe change while nothing is broken: the student is enrolled, and nobody is called. */
import { courseItem } from "#handlers/adapters/dynamodb/courses.ts";
import { putItem } from "#handlers/adapters/dynamodb/table.ts";
import type { Course } from "#workflow/model.ts";
import { seededCourse } from "../seeded-courses.ts";
import { CARDS } from "../stripe/checkout/test-numbers.ts";
import type { StudentSession } from "../student-session.ts";
import type { Scenario } from "./game-day.ts";
import type { Tools } from "./tools.ts";
import { waitFor } from "./wait-for.ts";

const OTHER_COURSE_ID = "TEST-COURSE-005";
const FOREIGN_SALES = 3;
const PATIENCE_MS = 30_000;

export function createQuietScenarios({ stripe, table }: Tools): Scenario[] {
  const write = (course: Course) => putItem(table, courseItem(course));
  const quiet = {
    alarms: [],
    isDeadLetter: false,
    breakDependency: async () => {},
    mendIt: (courseId: string) => write(seededCourse(courseId)),
  };

  async function deleteCustomer(student: StudentSession): Promise<void> {
    const checkout = await student.enroll(OTHER_COURSE_ID);
    if (checkout.status !== "pending") throw new Error(`${OTHER_COURSE_ID} should ask for a payment.`);
    await student.payByCard(checkout.checkoutSessionId, checkout.clientSecret, CARDS.good);
    const customerId = await waitFor("a customer of Stripe's", PATIENCE_MS, async () => {
      return (await student.readStudent()).stripeCustomerId;
    });
    await stripe.deleteCustomer(customerId);
  }

  async function sellElsewhere(): Promise<void> {
    for (let sales = 0; sales < FOREIGN_SALES; sales += 1) await stripe.sellElsewhere();
  }

  return [
    {
      ...quiet,
      name: "price-changed",
      breaks: "The course gets another price while a student pays for it",
      breakDependency: (courseId) =>
        write({ ...seededCourse(courseId), pricingModel: "paid", unitAmount: 5_900, currency: "usd" }),
    },
    {
      ...quiet,
      name: "course-retired",
      breaks: "The course is retired while a student pays for it",
      breakDependency: (courseId) => write({ ...seededCourse(courseId), status: "retired" }),
    },
    {
      ...quiet,
      name: "customer-deleted",
      breaks: "The student's customer was deleted at Stripe",
      prepare: deleteCustomer,
    },
    {
      ...quiet,
      name: "stripe-keeps-500",
      breaks: "Stripe answers 500 when the form is asked for, and keeps that answer",
      prepare: async () => void (await stripe.keepFailure()),
    },
    {
      ...quiet,
      name: "foreign-sales",
      breaks: "Other products are sold in the same Stripe account",
      breakDependency: sellElsewhere,
    },
    {
      ...quiet,
      name: "refund-and-bookmark",
      breaks: "The payment is refunded, and the return page's bookmark opened afterwards",
      isWithdrawn: true,
    },
  ];
}
