/** Whether Stripe would charge what the catalogue says. A wrong price would take money and then refuse the enrollment. */
import { Stripe } from "stripe";
import type { Course, PaidCourse } from "#workflow/model.ts";

/** @returns how many courses have a Stripe price. @throws Error naming every course whose price does not fit */
export async function checkPrices(courses: Course[], stripe: Stripe): Promise<number> {
  const priced = courses.filter(
    (course) => course.pricingModel === "paid" && course.stripePriceId,
  ) as PaidCourse[];
  const faults: string[] = [];
  for (const course of priced) faults.push(...(await faultsOf(course, stripe)));
  if (faults.length > 0)
    throw new Error(`Nothing was written. Stripe's prices do not fit:\n  ${faults.join("\n  ")}`);
  return priced.length;
}

async function faultsOf(course: PaidCourse, stripe: Stripe): Promise<string[]> {
  const { courseId, unitAmount, currency, stripePriceId = "", stripeProductId } = course;
  const price = await findPrice(stripe, stripePriceId);
  if (!price) return [`${courseId}: Stripe knows no price ${stripePriceId}`];
  const productId = typeof price.product === "string" ? price.product : price.product.id;
  const faults: (string | false)[] = [
    !price.active && "is not active",
    price.type !== "one_time" && "is a subscription's",
    (price.unit_amount !== unitAmount || price.currency !== currency) &&
      `is ${price.unit_amount} ${price.currency}, not ${unitAmount} ${currency}`,
    stripeProductId !== undefined &&
      productId !== stripeProductId &&
      `belongs to ${productId}, not ${stripeProductId}`,
  ];
  return faults
    .filter((fault) => fault !== false)
    .map((fault) => `${courseId}: price ${stripePriceId} ${fault}`);
}

async function findPrice(stripe: Stripe, priceId: string): Promise<Stripe.Price | undefined> {
  try {
    return await stripe.prices.retrieve(priceId);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404)
      return undefined;
    throw error;
  }
}
